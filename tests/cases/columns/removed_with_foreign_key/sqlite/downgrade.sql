ALTER TABLE "items" ADD COLUMN "owner_id" INTEGER REFERENCES "users" ("id");
