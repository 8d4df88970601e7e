CREATE TABLE "a" (
    "id" SERIAL NOT NULL,
    "b_id" integer,
    CONSTRAINT "a_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "b" (
    "id" SERIAL NOT NULL,
    "a_id" integer,
    CONSTRAINT "b_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "b_a_id_fkey" FOREIGN KEY ("a_id") REFERENCES "a" ("id")
);
ALTER TABLE "a" ADD CONSTRAINT "a_to_b" FOREIGN KEY ("b_id") REFERENCES "b" ("id");
