ALTER TABLE "pets" DROP CONSTRAINT "fk_name";
ALTER TABLE "pets" DROP COLUMN "owner_name";
ALTER TABLE "owners" DROP CONSTRAINT "uq_name";
