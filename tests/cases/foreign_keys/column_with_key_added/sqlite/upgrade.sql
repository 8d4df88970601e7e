ALTER TABLE "pets" ADD COLUMN "owner" INTEGER REFERENCES "owners" ("id");
