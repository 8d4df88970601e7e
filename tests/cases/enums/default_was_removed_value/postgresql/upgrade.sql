ALTER TABLE "items" ALTER COLUMN "mood" SET DEFAULT 'sad';
SELECT 1 FROM "items" WHERE "mood"::text IN ('happy') LIMIT 1;
ALTER TYPE "mood" RENAME TO "flaskmig_old_mood";
CREATE TYPE "mood" AS ENUM ('sad', 'ok');
ALTER TABLE "items"
    ALTER COLUMN "mood" DROP DEFAULT,
    ALTER COLUMN "mood" TYPE "mood" USING "mood"::text::"mood",
    ALTER COLUMN "mood" SET DEFAULT 'sad'::mood;
DROP TYPE "flaskmig_old_mood";
