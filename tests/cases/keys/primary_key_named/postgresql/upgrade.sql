ALTER TABLE "members" RENAME CONSTRAINT "members_pkey" TO "members_key";
