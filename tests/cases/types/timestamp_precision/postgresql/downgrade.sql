ALTER TABLE "items" ALTER COLUMN "value" TYPE timestamp(6) without time zone;
