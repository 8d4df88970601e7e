CREATE SEQUENCE "numbers" START WITH 100;
ALTER TABLE "things" ADD COLUMN "number" integer DEFAULT nextval('numbers') NOT NULL;
