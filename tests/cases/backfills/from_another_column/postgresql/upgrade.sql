ALTER TABLE "items" ADD COLUMN "shown" character varying(80);
UPDATE "items" SET "shown" = upper(name);
ALTER TABLE "items" ALTER COLUMN "shown" SET NOT NULL;
