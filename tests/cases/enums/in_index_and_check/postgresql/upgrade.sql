SELECT 1 FROM "items" WHERE "mood"::text IN ('happy') LIMIT 1;
ALTER TYPE "mood" RENAME TO "flaskmig_old_mood";
CREATE TYPE "mood" AS ENUM ('sad', 'ok');
ALTER TABLE "items" DROP CONSTRAINT "not_sad";
ALTER TABLE "items"
    ALTER COLUMN "mood" TYPE "mood" USING "mood"::text::"mood";
ALTER TABLE "items" ADD CONSTRAINT "not_sad" CHECK (((mood <> 'sad'::mood) OR (id > 0)));
DROP TYPE "flaskmig_old_mood";
