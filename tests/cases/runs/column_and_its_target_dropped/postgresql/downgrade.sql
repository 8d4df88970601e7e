CREATE TABLE "owners" (
    "id" SERIAL NOT NULL,
    "name" character varying(20),
    CONSTRAINT "owners_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "pets" ADD COLUMN "owner_id" integer;
ALTER TABLE "pets" ADD CONSTRAINT "pets_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "owners" ("id");
