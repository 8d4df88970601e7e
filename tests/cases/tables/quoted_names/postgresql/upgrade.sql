CREATE TABLE "line items" (
    "id" SERIAL NOT NULL,
    "select" character varying(10) NOT NULL,
    "say ""it""" integer,
    "größe" integer,
    "50%" integer,
    PRIMARY KEY ("id"),
    UNIQUE ("say ""it""")
);
CREATE INDEX "ix_line items_50%" ON "line items" ("50%");
