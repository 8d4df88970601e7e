ALTER TABLE "people" ADD CONSTRAINT "mood" CHECK (mood IN ('glad', 'sad'));
