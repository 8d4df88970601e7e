ALTER TABLE "pets" DROP CONSTRAINT "pets_owner_id_fkey";
ALTER TABLE "owners" ALTER COLUMN "id" TYPE integer USING "id"::integer;
ALTER TABLE "pets" ALTER COLUMN "owner_id" TYPE integer USING "owner_id"::integer;
ALTER TABLE "pets" ADD CONSTRAINT "pets_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "owners" ("id");
