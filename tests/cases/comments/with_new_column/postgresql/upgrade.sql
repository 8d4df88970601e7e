ALTER TABLE "items" ADD COLUMN "name" character varying(20);
COMMENT ON COLUMN "items"."name" IS 'its name';
