CREATE SEQUENCE "tickets";
ALTER TABLE "items" ADD COLUMN "number" bigint DEFAULT nextval('tickets');
