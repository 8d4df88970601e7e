ALTER TABLE "nodes" DROP CONSTRAINT "fk_parent";
