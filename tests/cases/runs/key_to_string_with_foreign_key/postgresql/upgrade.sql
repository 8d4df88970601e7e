ALTER TABLE "pets" DROP CONSTRAINT "pets_owner_id_fkey";
ALTER TABLE "pets" ALTER COLUMN "owner_id" TYPE character varying(20);
ALTER TABLE "owners" ALTER COLUMN "id" TYPE character varying(20);
ALTER TABLE "pets" ADD CONSTRAINT "pets_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "owners" ("id");
