ALTER TABLE "things" ADD COLUMN "s" character varying(20);
ALTER TABLE "things" ADD CONSTRAINT "things_check" CHECK ((((s)::text <> 'x'::text) OR (n > 1)));
