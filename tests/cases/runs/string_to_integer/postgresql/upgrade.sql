ALTER TABLE "things" ALTER COLUMN "c" TYPE integer USING "c"::integer;
