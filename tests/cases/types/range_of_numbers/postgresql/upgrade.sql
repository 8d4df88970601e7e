ALTER TABLE "items" ALTER COLUMN "value" TYPE int8range USING "value"::text::int8range;
