ALTER TABLE "pets" ADD CONSTRAINT "pets_tag_key" UNIQUE ("tag");
ALTER TABLE "pets" ADD CONSTRAINT "pets_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "owners" ("id");
