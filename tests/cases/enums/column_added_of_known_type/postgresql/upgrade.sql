ALTER TABLE "items" ADD COLUMN "mood" mood;
