SELECT 1 FROM "items" WHERE "mood"::text IN ('so so') LIMIT 1;
SELECT 1 FROM "people" WHERE "mood"::text IN ('so so') LIMIT 1;
ALTER TYPE "mood" RENAME TO "flaskmig_old_mood";
CREATE TYPE "mood" AS ENUM ('sad', 'ok');
ALTER TABLE "items"
    ALTER COLUMN "mood" TYPE "mood" USING "mood"::text::"mood";
ALTER TABLE "people"
    ALTER COLUMN "mood" DROP DEFAULT,
    ALTER COLUMN "mood" TYPE "mood" USING "mood"::text::"mood",
    ALTER COLUMN "mood" SET DEFAULT 'ok'::mood;
DROP TYPE "flaskmig_old_mood";
