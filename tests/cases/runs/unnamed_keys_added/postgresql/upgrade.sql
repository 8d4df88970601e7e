ALTER TABLE "pets" ADD FOREIGN KEY ("owner_id") REFERENCES "owners" ("id");
ALTER TABLE "pets" ADD UNIQUE ("tag");
