ALTER TABLE "items" ALTER COLUMN "value" TYPE time(6) without time zone;
