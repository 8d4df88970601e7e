ALTER TABLE "people" ADD CONSTRAINT "mood" CHECK (((mood)::text = ANY ((ARRAY['glad'::character varying, 'sad'::character varying])::text[])));
