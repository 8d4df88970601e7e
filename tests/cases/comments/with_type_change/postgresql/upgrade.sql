ALTER TABLE "items" ALTER COLUMN "name" TYPE character varying(30);
COMMENT ON COLUMN "items"."name" IS 'new';
