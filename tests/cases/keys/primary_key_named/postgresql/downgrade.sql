ALTER TABLE "members" RENAME CONSTRAINT "members_key" TO "members_pkey";
