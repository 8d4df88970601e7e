DROP TABLE "people";
DROP SEQUENCE "people_numbers";
