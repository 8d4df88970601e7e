ALTER TABLE "pets" ADD COLUMN "owner" integer;
ALTER TABLE "pets" ADD CONSTRAINT "pets_owner_fkey" FOREIGN KEY ("owner") REFERENCES "owners" ("id");
