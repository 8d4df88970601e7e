SELECT 1 FROM "items" WHERE cardinality("value") <> 1 LIMIT 1;
ALTER TABLE "items" ALTER COLUMN "value" TYPE integer USING "value"[1];
