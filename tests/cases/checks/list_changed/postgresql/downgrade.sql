ALTER TABLE "things" DROP CONSTRAINT "k";
ALTER TABLE "things" ADD CONSTRAINT "k" CHECK (((s)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])));
