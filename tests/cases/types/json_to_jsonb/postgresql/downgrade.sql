ALTER TABLE "items" ALTER COLUMN "value" TYPE json;
