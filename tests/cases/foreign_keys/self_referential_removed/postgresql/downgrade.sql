ALTER TABLE "nodes" ADD CONSTRAINT "fk_parent" FOREIGN KEY ("parent") REFERENCES "nodes" ("id");
