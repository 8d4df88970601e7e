CREATE TABLE "notes" (
    "id" SERIAL NOT NULL,
    "body" text,
    CONSTRAINT "notes_pkey" PRIMARY KEY ("id")
);
DROP TABLE "posts";
