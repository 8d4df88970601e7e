ALTER TABLE "things" ALTER COLUMN "c" TYPE boolean USING "c" <> 0;
