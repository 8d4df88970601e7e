ALTER TABLE "users" RENAME TO "customers";
CREATE TABLE "users" (
    "id" INTEGER NOT NULL,
    "login" VARCHAR(40),
    PRIMARY KEY ("id"),
    UNIQUE ("login")
);
