ALTER TABLE "items" ALTER COLUMN "value" TYPE inet USING "value"::inet;
