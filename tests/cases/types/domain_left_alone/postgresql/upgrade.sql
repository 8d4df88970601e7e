ALTER TABLE "items" ALTER COLUMN "name" TYPE character varying(30);
