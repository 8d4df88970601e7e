CREATE TABLE "events" (
    "id" integer NOT NULL,
    "day" date NOT NULL,
    "what" text,
    PRIMARY KEY ("id", "day")
) PARTITION BY RANGE (day);
