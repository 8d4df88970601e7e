SELECT 1 FROM "items" WHERE "mood"::text IN ('happy') LIMIT 1;
ALTER TYPE "app"."mood" RENAME TO "flaskmig_old_mood";
CREATE TYPE "app"."mood" AS ENUM ('sad', 'ok');
ALTER TABLE "items"
    ALTER COLUMN "mood" TYPE "app"."mood" USING "mood"::text::"app"."mood";
DROP TYPE "app"."flaskmig_old_mood";
