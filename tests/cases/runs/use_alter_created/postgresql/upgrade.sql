CREATE TABLE "a" (
    "id" SERIAL NOT NULL,
    "b_id" integer,
    PRIMARY KEY ("id")
);
CREATE TABLE "b" (
    "id" SERIAL NOT NULL,
    "a_id" integer,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("a_id") REFERENCES "a" ("id")
);
ALTER TABLE "a" ADD CONSTRAINT "a_to_b" FOREIGN KEY ("b_id") REFERENCES "b" ("id");
