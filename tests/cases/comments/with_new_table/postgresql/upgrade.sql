CREATE TABLE "items" (
    "id" SERIAL NOT NULL,
    "name" character varying(20),
    PRIMARY KEY ("id")
);
COMMENT ON TABLE "items" IS 'all that is sold';
COMMENT ON COLUMN "items"."name" IS 'its name';
