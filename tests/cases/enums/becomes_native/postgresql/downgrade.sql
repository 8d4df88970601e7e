ALTER TABLE "items" ALTER COLUMN "mood" TYPE character varying(3);
ALTER TABLE "items" ADD CONSTRAINT "mood" CHECK (((mood)::text = ANY ((ARRAY['sad'::character varying, 'ok'::character varying])::text[])));
DROP TYPE "mood";
