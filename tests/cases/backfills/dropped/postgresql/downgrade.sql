ALTER TABLE "items" ADD COLUMN "kind" character varying(20);
UPDATE "items" SET "kind" = 'plain';
ALTER TABLE "items" ALTER COLUMN "kind" SET NOT NULL;
