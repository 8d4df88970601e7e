COMMENT ON COLUMN "items"."name" IS 'its name';
