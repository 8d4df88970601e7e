CREATE SEQUENCE "numbers" START WITH 100;
CREATE TABLE "things" (
    "id" integer DEFAULT nextval('numbers') NOT NULL,
    "n" integer,
    PRIMARY KEY ("id")
);
