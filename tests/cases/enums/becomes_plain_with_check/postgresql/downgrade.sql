CREATE TYPE "mood" AS ENUM ('sad', 'ok');
ALTER TABLE "items" DROP CONSTRAINT "mood";
ALTER TABLE "items" ALTER COLUMN "mood" TYPE mood USING "mood"::mood;
