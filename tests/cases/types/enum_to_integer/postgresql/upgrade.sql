ALTER TABLE "items" ALTER COLUMN "value" TYPE integer USING "value"::text::integer;
DROP TYPE "grade";
