ALTER TABLE "items" ADD COLUMN "note" character varying(80);
UPDATE "items" SET "note" = '50% :of "it" isn''t \\ much';
ALTER TABLE "items" ALTER COLUMN "note" SET NOT NULL;
