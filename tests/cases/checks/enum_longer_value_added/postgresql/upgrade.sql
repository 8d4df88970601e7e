ALTER TABLE "people" DROP CONSTRAINT "mood";
ALTER TABLE "people" ALTER COLUMN "mood" TYPE character varying(7);
ALTER TABLE "people" ADD CONSTRAINT "mood" CHECK (mood IN ('glad', 'sad', 'furious'));
