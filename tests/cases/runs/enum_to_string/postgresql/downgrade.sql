CREATE TYPE "mood" AS ENUM ('glad', 'sad');
ALTER TABLE "things" ALTER COLUMN "c" TYPE mood USING "c"::mood;
