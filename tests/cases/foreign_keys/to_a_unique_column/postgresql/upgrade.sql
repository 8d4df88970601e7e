ALTER TABLE "owners" ADD CONSTRAINT "uq_name" UNIQUE ("name");
ALTER TABLE "pets" ADD COLUMN "owner_name" character varying(20);
ALTER TABLE "pets" ADD CONSTRAINT "fk_name" FOREIGN KEY ("owner_name") REFERENCES "owners" ("name");
