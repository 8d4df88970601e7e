ALTER TABLE "pets" ADD FOREIGN KEY ("owner") REFERENCES "owners" ("id");
