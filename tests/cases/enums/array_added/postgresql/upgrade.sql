CREATE TYPE "mood" AS ENUM ('sad', 'ok');
ALTER TABLE "items" ADD COLUMN "moods" mood[] DEFAULT '{}' NOT NULL;
