ALTER TABLE "things" ALTER COLUMN "c" TYPE character varying(20);
DROP TYPE "mood";
