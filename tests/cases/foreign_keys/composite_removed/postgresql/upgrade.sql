ALTER TABLE "people" DROP CONSTRAINT "fk_place";
