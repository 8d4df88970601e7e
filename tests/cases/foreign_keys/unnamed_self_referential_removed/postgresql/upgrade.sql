ALTER TABLE "nodes" DROP CONSTRAINT "nodes_parent_fkey";
