ALTER TABLE "items" ALTER COLUMN "value" TYPE interval(3);
