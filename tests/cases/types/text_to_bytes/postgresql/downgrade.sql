ALTER TABLE "items" ALTER COLUMN "value" TYPE text USING convert_from("value", 'UTF8');
