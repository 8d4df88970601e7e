CREATE SEQUENCE "tickets";
ALTER TABLE "items" ALTER COLUMN "number" SET DEFAULT nextval('tickets'::regclass);
