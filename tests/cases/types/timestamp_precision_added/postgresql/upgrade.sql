ALTER TABLE "items" ALTER COLUMN "value" TYPE timestamp(0) without time zone;
