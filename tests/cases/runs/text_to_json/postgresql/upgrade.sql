ALTER TABLE "things" ALTER COLUMN "c" TYPE json USING "c"::json;
