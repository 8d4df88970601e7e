ALTER TABLE "pets" RENAME CONSTRAINT "pets_owner_fkey" TO "fk_owner";
