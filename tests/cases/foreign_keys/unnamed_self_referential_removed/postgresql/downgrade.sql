ALTER TABLE "nodes" ADD CONSTRAINT "nodes_parent_fkey" FOREIGN KEY ("parent") REFERENCES "nodes" ("id");
