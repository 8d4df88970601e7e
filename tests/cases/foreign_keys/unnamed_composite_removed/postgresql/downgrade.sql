ALTER TABLE "people" ADD CONSTRAINT "people_country_city_fkey" FOREIGN KEY ("country", "city") REFERENCES "places" ("country", "city");
