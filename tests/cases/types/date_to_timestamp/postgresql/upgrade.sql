ALTER TABLE "items" ALTER COLUMN "value" TYPE timestamp without time zone;
