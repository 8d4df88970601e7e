ALTER TABLE "items" ALTER COLUMN "value" TYPE character varying(20);
DROP TYPE "mood";
