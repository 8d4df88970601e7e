ALTER TABLE "items" ALTER COLUMN "mood" TYPE character varying(3);
