ALTER TABLE "items" DROP CONSTRAINT "items_owner_id_fkey";
ALTER TABLE "items" DROP COLUMN "owner_id";
