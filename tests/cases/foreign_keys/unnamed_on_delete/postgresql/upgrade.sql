ALTER TABLE "pets" DROP CONSTRAINT "pets_owner_fkey";
ALTER TABLE "pets" ADD FOREIGN KEY ("owner") REFERENCES "owners" ("id") ON DELETE CASCADE;
