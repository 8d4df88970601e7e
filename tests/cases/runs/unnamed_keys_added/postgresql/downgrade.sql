ALTER TABLE "pets" DROP CONSTRAINT "pets_tag_key";
ALTER TABLE "pets" DROP CONSTRAINT "pets_owner_id_fkey";
