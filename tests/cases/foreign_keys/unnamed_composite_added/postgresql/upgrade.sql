ALTER TABLE "people" ADD FOREIGN KEY ("country", "city") REFERENCES "places" ("country", "city");
