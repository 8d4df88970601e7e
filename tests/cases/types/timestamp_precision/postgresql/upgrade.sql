ALTER TABLE "items" ALTER COLUMN "value" TYPE timestamp(3) without time zone;
