ALTER TABLE "pets" DROP CONSTRAINT "pets_owner_id_fkey";
ALTER TABLE "pets" DROP COLUMN "owner_id";
DROP TABLE "owners";
