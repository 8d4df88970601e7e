CREATE TABLE "t0" (
    "id" SERIAL NOT NULL,
    "n" integer,
    PRIMARY KEY ("id")
);
CREATE TABLE "t1" (
    "id" SERIAL NOT NULL,
    "before" integer,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("before") REFERENCES "t0" ("id")
);
CREATE TABLE "t2" (
    "id" SERIAL NOT NULL,
    "before" integer,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("before") REFERENCES "t1" ("id")
);
CREATE TABLE "t3" (
    "id" SERIAL NOT NULL,
    "before" integer,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("before") REFERENCES "t2" ("id")
);
CREATE TABLE "t4" (
    "id" SERIAL NOT NULL,
    "before" integer,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("before") REFERENCES "t3" ("id")
);
CREATE TABLE "t5" (
    "id" SERIAL NOT NULL,
    "before" integer,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("before") REFERENCES "t4" ("id")
);
CREATE TABLE "t6" (
    "id" SERIAL NOT NULL,
    "before" integer,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("before") REFERENCES "t5" ("id")
);
CREATE TABLE "t7" (
    "id" SERIAL NOT NULL,
    "before" integer,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("before") REFERENCES "t6" ("id")
);
