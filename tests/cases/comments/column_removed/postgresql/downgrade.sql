COMMENT ON COLUMN "items"."name" IS 'what people call it';
