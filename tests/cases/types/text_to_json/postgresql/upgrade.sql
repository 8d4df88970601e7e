ALTER TABLE "items" ALTER COLUMN "value" TYPE json USING "value"::json;
