ALTER TABLE "pets" RENAME CONSTRAINT "fk_owner" TO "pets_owner_fkey";
