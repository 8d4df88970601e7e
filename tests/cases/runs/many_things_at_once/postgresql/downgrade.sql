DROP INDEX "ix_kind";
ALTER TABLE "pets" DROP CONSTRAINT "pets_vet_id_fkey";
ALTER TABLE "pets" DROP CONSTRAINT "pets_owner_id_fkey";
ALTER TABLE "pets" DROP COLUMN "vet_id";
ALTER TABLE "pets" DROP COLUMN "mood";
CREATE INDEX "ix_kind" ON "pets" ("kind");
ALTER TABLE "pets" ADD CONSTRAINT "pets_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "owners" ("id");
ALTER TABLE "owners" DROP CONSTRAINT "uq_name";
ALTER TABLE "owners"
    ALTER COLUMN "name" TYPE character varying(20),
    ADD COLUMN "old" integer;
DROP TABLE "vets";
DROP TYPE "mood";
