COMMENT ON COLUMN "items"."name" IS NULL;
