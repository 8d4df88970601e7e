ALTER TABLE "pets" ADD CONSTRAINT "fk_owner" FOREIGN KEY ("owner") REFERENCES "owners" ("id") NOT VALID;
