ALTER TABLE "people" DROP CONSTRAINT "fk_place";
ALTER TABLE "people" ADD CONSTRAINT "fk_place" FOREIGN KEY ("country", "city") REFERENCES "places" ("country", "city");
