CREATE TABLE "notes" (
    "id" INTEGER NOT NULL,
    "text" TEXT,
    PRIMARY KEY ("id")
);
