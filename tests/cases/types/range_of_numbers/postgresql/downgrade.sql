ALTER TABLE "items" ALTER COLUMN "value" TYPE int4range USING "value"::text::int4range;
