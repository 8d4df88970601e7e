ALTER TABLE "things" ADD COLUMN "s" character varying(20);
ALTER TABLE "things" ADD CONSTRAINT "k" CHECK (((s)::text <> 'x'::text));
