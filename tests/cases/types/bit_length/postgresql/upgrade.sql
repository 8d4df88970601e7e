ALTER TABLE "items" ALTER COLUMN "value" TYPE bit varying;
