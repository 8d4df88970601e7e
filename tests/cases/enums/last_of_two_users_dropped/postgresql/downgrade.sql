CREATE TYPE "mood" AS ENUM ('sad', 'ok');
ALTER TABLE "people" ADD COLUMN "mood" mood;
ALTER TABLE "items" ADD COLUMN "mood" mood;
