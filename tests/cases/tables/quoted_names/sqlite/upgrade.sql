CREATE TABLE "line items" (
    "id" INTEGER NOT NULL,
    "select" VARCHAR(10) NOT NULL,
    "say ""it""" INTEGER,
    "größe" INTEGER,
    "50%" INTEGER,
    PRIMARY KEY ("id"),
    UNIQUE ("say ""it""")
);
CREATE INDEX "ix_line items_50%" ON "line items" ("50%");
