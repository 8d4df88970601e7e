CREATE TABLE "note" (
    "id" SERIAL NOT NULL,
    "body" text,
    "pinned" boolean,
    PRIMARY KEY ("id")
);
DROP TABLE "notes";
