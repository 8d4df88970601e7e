SELECT 1 FROM "items" WHERE "mood"::text IN ('glad') LIMIT 1;
ALTER TYPE "mood" RENAME TO "flaskmig_old_mood";
CREATE TYPE "mood" AS ENUM ('sad', 'ok');
ALTER TABLE "items"
    ALTER COLUMN "mood" TYPE "mood" USING "mood"::text::"mood";
DROP TYPE "flaskmig_old_mood";
