CREATE TYPE "feeling" AS ENUM ('sad', 'ok', 'glad');
ALTER TABLE "items" ALTER COLUMN "value" TYPE feeling USING "value"::text::feeling;
DROP TYPE "mood";
