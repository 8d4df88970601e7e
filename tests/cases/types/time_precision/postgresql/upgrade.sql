ALTER TABLE "items" ALTER COLUMN "value" TYPE time(0) without time zone;
