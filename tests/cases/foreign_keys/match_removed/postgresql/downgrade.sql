ALTER TABLE "pets" DROP CONSTRAINT "fk_owner";
ALTER TABLE "pets" ADD CONSTRAINT "fk_owner" FOREIGN KEY ("owner") REFERENCES "owners" ("id") MATCH FULL;
