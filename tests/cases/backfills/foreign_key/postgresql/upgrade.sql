ALTER TABLE "items" ADD COLUMN "owner_id" integer;
UPDATE "items" SET "owner_id" = (SELECT min(id) FROM owners);
ALTER TABLE "items" ALTER COLUMN "owner_id" SET NOT NULL;
ALTER TABLE "items" ADD FOREIGN KEY ("owner_id") REFERENCES "owners" ("id");
