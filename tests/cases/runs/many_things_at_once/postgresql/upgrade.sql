CREATE TYPE "mood" AS ENUM ('glad', 'sad');
CREATE TABLE "vets" (
    "id" SERIAL NOT NULL,
    "name" character varying(20),
    "mood" mood,
    PRIMARY KEY ("id")
);
ALTER TABLE "owners" DROP COLUMN "old";
ALTER TABLE "owners" ALTER COLUMN "name" TYPE character varying(40);
ALTER TABLE "owners" ADD CONSTRAINT "uq_name" UNIQUE ("name");
ALTER TABLE "pets" DROP CONSTRAINT "pets_owner_id_fkey";
DROP INDEX "ix_kind";
ALTER TABLE "pets"
    ADD COLUMN "mood" mood,
    ADD COLUMN "vet_id" integer;
ALTER TABLE "pets" ADD FOREIGN KEY ("owner_id") REFERENCES "owners" ("id") ON DELETE CASCADE;
ALTER TABLE "pets" ADD FOREIGN KEY ("vet_id") REFERENCES "vets" ("id");
CREATE INDEX "ix_kind" ON "pets" ("kind", "vet_id");
