ALTER TABLE "items" ADD COLUMN "count" positive;
