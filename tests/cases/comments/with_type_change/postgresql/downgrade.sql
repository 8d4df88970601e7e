ALTER TABLE "items" ALTER COLUMN "name" TYPE character varying(20);
COMMENT ON COLUMN "items"."name" IS 'old';
