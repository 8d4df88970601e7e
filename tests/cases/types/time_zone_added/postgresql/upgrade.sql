ALTER TABLE "items" ALTER COLUMN "value" TYPE timestamp with time zone;
