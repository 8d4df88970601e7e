ALTER TABLE "items" ADD COLUMN "owner_id" integer;
ALTER TABLE "items" ADD FOREIGN KEY ("owner_id") REFERENCES "users" ("id");
