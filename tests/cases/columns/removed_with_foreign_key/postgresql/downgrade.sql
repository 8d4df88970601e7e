ALTER TABLE "items" ADD COLUMN "owner_id" integer;
ALTER TABLE "items" ADD CONSTRAINT "items_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users" ("id");
