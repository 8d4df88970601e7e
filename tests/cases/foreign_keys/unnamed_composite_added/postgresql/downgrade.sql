ALTER TABLE "people" DROP CONSTRAINT "people_country_city_fkey";
