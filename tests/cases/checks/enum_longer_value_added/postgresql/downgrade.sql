ALTER TABLE "people" DROP CONSTRAINT "mood";
ALTER TABLE "people" ALTER COLUMN "mood" TYPE character varying(4);
ALTER TABLE "people" ADD CONSTRAINT "mood" CHECK (((mood)::text = ANY ((ARRAY['glad'::character varying, 'sad'::character varying])::text[])));
