ALTER TYPE "mood" RENAME TO "flaskmig_old_mood";
CREATE TYPE "mood" AS ENUM ('sad', 'so so', 'ok');
ALTER TABLE "items"
    ALTER COLUMN "mood" TYPE "mood" USING "mood"::text::"mood";
DROP TYPE "flaskmig_old_mood";
