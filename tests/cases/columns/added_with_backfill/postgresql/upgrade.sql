ALTER TABLE "items" ADD COLUMN "slug" character varying(80);
UPDATE "items" SET "slug" = lower(name);
ALTER TABLE "items" ALTER COLUMN "slug" SET NOT NULL;
