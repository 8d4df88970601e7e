ALTER TABLE "people" DROP CONSTRAINT "mood";
ALTER TABLE "people" ADD CONSTRAINT "mood" CHECK (mood IN ('glad', 'sad'));
