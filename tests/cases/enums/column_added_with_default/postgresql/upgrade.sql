CREATE TYPE "mood" AS ENUM ('sad', 'ok');
ALTER TABLE "items" ADD COLUMN "mood" mood DEFAULT 'sad' NOT NULL;
