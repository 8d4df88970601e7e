ALTER TABLE "nodes" DROP CONSTRAINT "fk_parent";
ALTER TABLE "nodes" ADD CONSTRAINT "fk_parent" FOREIGN KEY ("parent") REFERENCES "nodes" ("id") ON DELETE CASCADE;
