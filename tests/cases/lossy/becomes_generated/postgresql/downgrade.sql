ALTER TABLE "items" DROP COLUMN "b";
ALTER TABLE "items" ADD COLUMN "b" integer;
