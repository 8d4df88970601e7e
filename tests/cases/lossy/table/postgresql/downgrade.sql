CREATE TABLE "notes" (
    "id" SERIAL NOT NULL,
    "text" text,
    CONSTRAINT "notes_pkey" PRIMARY KEY ("id")
);
