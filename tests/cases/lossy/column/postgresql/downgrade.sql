ALTER TABLE "items" ADD COLUMN "age" integer;
