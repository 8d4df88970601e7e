CREATE TABLE "owners" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(20),
    PRIMARY KEY ("id")
);
ALTER TABLE "pets" ADD COLUMN "owner_id" INTEGER REFERENCES "owners" ("id");
