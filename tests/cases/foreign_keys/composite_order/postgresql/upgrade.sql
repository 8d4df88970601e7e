ALTER TABLE "people" DROP CONSTRAINT "fk_place";
ALTER TABLE "people" ADD CONSTRAINT "fk_place" FOREIGN KEY ("city", "country") REFERENCES "places" ("country", "city");
