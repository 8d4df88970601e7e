CREATE TABLE "a" (
    "id" SERIAL NOT NULL,
    "b_id" integer,
    "own" integer,
    PRIMARY KEY ("id"),
    CONSTRAINT "aa" FOREIGN KEY ("own") REFERENCES "a" ("id")
);
CREATE TABLE "c" (
    "id" SERIAL NOT NULL,
    "a_id" integer,
    PRIMARY KEY ("id"),
    CONSTRAINT "ca" FOREIGN KEY ("a_id") REFERENCES "a" ("id")
);
CREATE TABLE "b" (
    "id" SERIAL NOT NULL,
    "c_id" integer,
    PRIMARY KEY ("id"),
    CONSTRAINT "bc" FOREIGN KEY ("c_id") REFERENCES "c" ("id")
);
ALTER TABLE "a" ADD CONSTRAINT "ab" FOREIGN KEY ("b_id") REFERENCES "b" ("id");
