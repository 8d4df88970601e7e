ALTER TABLE "people" ADD COLUMN "mood" character varying(4);
ALTER TABLE "people" ADD CONSTRAINT "mood" CHECK (((mood)::text = ANY ((ARRAY['glad'::character varying, 'sad'::character varying])::text[])));
