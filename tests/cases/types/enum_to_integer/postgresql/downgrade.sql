CREATE TYPE "grade" AS ENUM ('1', '2');
ALTER TABLE "items" ALTER COLUMN "value" TYPE grade USING "value"::text::grade;
