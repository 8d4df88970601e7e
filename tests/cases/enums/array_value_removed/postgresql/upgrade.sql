SELECT 1 FROM "items" WHERE "moods"::text[] && ARRAY['happy']::text[] LIMIT 1;
ALTER TYPE "mood" RENAME TO "flaskmig_old_mood";
CREATE TYPE "mood" AS ENUM ('sad', 'ok');
ALTER TABLE "items"
    ALTER COLUMN "moods" DROP DEFAULT,
    ALTER COLUMN "moods" TYPE "mood"[] USING "moods"::text[]::"mood"[],
    ALTER COLUMN "moods" SET DEFAULT '{ok}'::mood[];
DROP TYPE "flaskmig_old_mood";
