CREATE SEQUENCE "people_numbers" START WITH 1000;
CREATE TABLE "people" (
    "id" integer NOT NULL,
    PRIMARY KEY ("id")
);
