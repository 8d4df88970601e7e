ALTER TABLE "members" RENAME CONSTRAINT "new_key" TO "old_key";
