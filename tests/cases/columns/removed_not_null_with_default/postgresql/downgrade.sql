ALTER TABLE "items" ADD COLUMN "kind" character varying(20) DEFAULT 'plain'::character varying NOT NULL;
