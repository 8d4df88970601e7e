ALTER TABLE "things" ADD COLUMN "m" integer;
