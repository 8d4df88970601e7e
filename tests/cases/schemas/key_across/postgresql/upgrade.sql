ALTER TABLE "items" ADD COLUMN "owner_id" integer;
ALTER TABLE "items" ADD FOREIGN KEY ("owner_id") REFERENCES "app"."people" ("id");
ALTER TABLE "app"."people" ADD COLUMN "item_id" integer;
ALTER TABLE "app"."people" ADD FOREIGN KEY ("item_id") REFERENCES "items" ("id");
