ALTER TABLE "items" ALTER COLUMN "mood" TYPE character varying(3);
ALTER TABLE "items" ADD CONSTRAINT "mood" CHECK (mood IN ('sad', 'ok'));
DROP TYPE "mood";
