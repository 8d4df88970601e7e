ALTER TABLE "items" DROP COLUMN "mood";
DROP TYPE "app"."mood";
DROP SCHEMA "app";
