ALTER TABLE "pets" ADD COLUMN "owner" integer;
ALTER TABLE "pets" ADD FOREIGN KEY ("owner") REFERENCES "owners" ("id");
