ALTER TABLE "items" ALTER COLUMN "value" TYPE double precision;
