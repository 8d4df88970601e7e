ALTER TABLE "items" ALTER COLUMN "value" TYPE integer[] USING CASE WHEN "value" IS NOT NULL THEN ARRAY["value"]::integer[] END;
