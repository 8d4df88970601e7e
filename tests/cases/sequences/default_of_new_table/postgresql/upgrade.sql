CREATE SEQUENCE "tickets";
CREATE TABLE "items" (
    "id" SERIAL NOT NULL,
    "number" bigint DEFAULT nextval('tickets'),
    PRIMARY KEY ("id")
);
