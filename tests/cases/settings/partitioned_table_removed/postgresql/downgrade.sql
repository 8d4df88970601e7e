CREATE TABLE "events" (
    "id" integer NOT NULL,
    "day" date NOT NULL,
    "what" text,
    CONSTRAINT "events_pkey" PRIMARY KEY ("id", "day")
) PARTITION BY RANGE (day);
