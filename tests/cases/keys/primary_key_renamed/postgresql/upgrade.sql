ALTER TABLE "members" RENAME CONSTRAINT "old_key" TO "new_key";
