CREATE TABLE "owners" (
    "id" SERIAL NOT NULL,
    "name" character varying(20),
    PRIMARY KEY ("id")
);
ALTER TABLE "pets" ADD COLUMN "owner_id" integer;
ALTER TABLE "pets" ADD FOREIGN KEY ("owner_id") REFERENCES "owners" ("id");
