ALTER TABLE "app"."people" DROP CONSTRAINT "people_item_id_fkey";
ALTER TABLE "app"."people" DROP COLUMN "item_id";
ALTER TABLE "items" DROP CONSTRAINT "items_owner_id_fkey";
ALTER TABLE "items" DROP COLUMN "owner_id";
