ALTER TABLE "items" ALTER COLUMN "size" TYPE character varying(20);
