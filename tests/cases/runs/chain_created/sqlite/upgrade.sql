CREATE TABLE "t0" (
    "id" INTEGER NOT NULL,
    "n" INTEGER,
    PRIMARY KEY ("id")
);
CREATE TABLE "t1" (
    "id" INTEGER NOT NULL,
    "before" INTEGER,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("before") REFERENCES "t0" ("id")
);
CREATE TABLE "t2" (
    "id" INTEGER NOT NULL,
    "before" INTEGER,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("before") REFERENCES "t1" ("id")
);
CREATE TABLE "t3" (
    "id" INTEGER NOT NULL,
    "before" INTEGER,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("before") REFERENCES "t2" ("id")
);
CREATE TABLE "t4" (
    "id" INTEGER NOT NULL,
    "before" INTEGER,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("before") REFERENCES "t3" ("id")
);
CREATE TABLE "t5" (
    "id" INTEGER NOT NULL,
    "before" INTEGER,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("before") REFERENCES "t4" ("id")
);
CREATE TABLE "t6" (
    "id" INTEGER NOT NULL,
    "before" INTEGER,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("before") REFERENCES "t5" ("id")
);
CREATE TABLE "t7" (
    "id" INTEGER NOT NULL,
    "before" INTEGER,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("before") REFERENCES "t6" ("id")
);
