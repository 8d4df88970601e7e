CREATE TABLE "t0" (
    "id" SERIAL NOT NULL,
    "n" integer,
    CONSTRAINT "t0_pkey" PRIMARY KEY ("id")
);
CREATE TABLE "t1" (
    "id" SERIAL NOT NULL,
    "before" integer,
    CONSTRAINT "t1_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "t1_before_fkey" FOREIGN KEY ("before") REFERENCES "t0" ("id")
);
CREATE TABLE "t2" (
    "id" SERIAL NOT NULL,
    "before" integer,
    CONSTRAINT "t2_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "t2_before_fkey" FOREIGN KEY ("before") REFERENCES "t1" ("id")
);
CREATE TABLE "t3" (
    "id" SERIAL NOT NULL,
    "before" integer,
    CONSTRAINT "t3_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "t3_before_fkey" FOREIGN KEY ("before") REFERENCES "t2" ("id")
);
CREATE TABLE "t4" (
    "id" SERIAL NOT NULL,
    "before" integer,
    CONSTRAINT "t4_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "t4_before_fkey" FOREIGN KEY ("before") REFERENCES "t3" ("id")
);
CREATE TABLE "t5" (
    "id" SERIAL NOT NULL,
    "before" integer,
    CONSTRAINT "t5_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "t5_before_fkey" FOREIGN KEY ("before") REFERENCES "t4" ("id")
);
CREATE TABLE "t6" (
    "id" SERIAL NOT NULL,
    "before" integer,
    CONSTRAINT "t6_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "t6_before_fkey" FOREIGN KEY ("before") REFERENCES "t5" ("id")
);
CREATE TABLE "t7" (
    "id" SERIAL NOT NULL,
    "before" integer,
    CONSTRAINT "t7_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "t7_before_fkey" FOREIGN KEY ("before") REFERENCES "t6" ("id")
);
