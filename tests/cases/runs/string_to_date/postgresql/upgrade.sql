ALTER TABLE "things" ALTER COLUMN "c" TYPE date USING "c"::date;
