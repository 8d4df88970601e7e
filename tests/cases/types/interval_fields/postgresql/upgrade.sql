ALTER TABLE "items" ALTER COLUMN "value" TYPE interval day to second;
