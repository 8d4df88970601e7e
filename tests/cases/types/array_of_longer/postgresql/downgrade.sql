ALTER TABLE "items" ALTER COLUMN "value" TYPE character varying(10)[];
