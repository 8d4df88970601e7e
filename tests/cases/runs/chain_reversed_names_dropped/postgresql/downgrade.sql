CREATE TABLE "t7" (
    "id" SERIAL NOT NULL,
    "n" integer,
    CONSTRAINT "t7_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "t6" (
    "id" SERIAL NOT NULL,
    "next" integer,
    CONSTRAINT "t6_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "t6_next_fkey" FOREIGN KEY ("next") REFERENCES "t7" ("id")
);
CREATE TABLE "t5" (
    "id" SERIAL NOT NULL,
    "next" integer,
    CONSTRAINT "t5_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "t5_next_fkey" FOREIGN KEY ("next") REFERENCES "t6" ("id")
);
CREATE TABLE "t4" (
    "id" SERIAL NOT NULL,
    "next" integer,
    CONSTRAINT "t4_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "t4_next_fkey" FOREIGN KEY ("next") REFERENCES "t5" ("id")
);
CREATE TABLE "t3" (
    "id" SERIAL NOT NULL,
    "next" integer,
    CONSTRAINT "t3_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "t3_next_fkey" FOREIGN KEY ("next") REFERENCES "t4" ("id")
);
CREATE TABLE "t2" (
    "id" SERIAL NOT NULL,
    "next" integer,
    CONSTRAINT "t2_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "t2_next_fkey" FOREIGN KEY ("next") REFERENCES "t3" ("id")
);
CREATE TABLE "t1" (
    "id" SERIAL NOT NULL,
    "next" integer,
    CONSTRAINT "t1_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "t1_next_fkey" FOREIGN KEY ("next") REFERENCES "t2" ("id")
);
CREATE TABLE "t0" (
    "id" SERIAL NOT NULL,
    "next" integer,
    CONSTRAINT "t0_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "t0_next_fkey" FOREIGN KEY ("next") REFERENCES "t1" ("id")
);
