CREATE TABLE "notes" (
    "id" SERIAL NOT NULL,
    "body" text,
    "pinned" boolean,
    CONSTRAINT "notes_pkey" PRIMARY KEY ("id")
);
DROP TABLE "note";
