CREATE TYPE "mood" AS ENUM ('glad', 'sad');
ALTER TABLE "people" ADD COLUMN "mood" mood DEFAULT 'glad' NOT NULL;
