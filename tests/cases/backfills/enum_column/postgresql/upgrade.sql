CREATE TYPE "mood" AS ENUM ('sad', 'ok');
ALTER TABLE "items" ADD COLUMN "mood" mood;
UPDATE "items" SET "mood" = 'ok';
ALTER TABLE "items" ALTER COLUMN "mood" SET NOT NULL;
