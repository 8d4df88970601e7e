ALTER TABLE "members" DROP CONSTRAINT "members_key";
ALTER TABLE "members" ADD CONSTRAINT "members_key" PRIMARY KEY ("tenant", "id");
