CREATE SEQUENCE "tickets";
CREATE TABLE "people" (
    "id" SERIAL NOT NULL,
    "number" bigint DEFAULT nextval('tickets'),
    PRIMARY KEY ("id")
);
ALTER TABLE "items" ADD COLUMN "number" bigint DEFAULT nextval('tickets');
