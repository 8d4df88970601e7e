CREATE TYPE "mood" AS ENUM ('sad', 'ok');
ALTER TABLE "items" ALTER COLUMN "value" TYPE mood USING "value"::mood;
