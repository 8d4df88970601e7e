ALTER TABLE "nodes" ADD FOREIGN KEY ("parent") REFERENCES "nodes" ("id");
