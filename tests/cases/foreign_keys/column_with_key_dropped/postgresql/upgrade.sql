ALTER TABLE "pets" DROP CONSTRAINT "pets_owner_fkey";
ALTER TABLE "pets" DROP COLUMN "owner";
