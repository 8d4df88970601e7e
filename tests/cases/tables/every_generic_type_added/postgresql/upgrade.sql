CREATE TYPE "mood" AS ENUM ('sad', 'ok', 'it''s');
CREATE TABLE "kinds" (
    "id" BIGSERIAL NOT NULL,
    "small" smallint NOT NULL,
    "amount" numeric(12,3),
    "ratio" double precision,
    "double" double precision,
    "flag" boolean DEFAULT false NOT NULL,
    "code" character(3),
    "name" character varying(40),
    "text" text,
    "day" date,
    "at" timestamp with time zone,
    "hour" time without time zone,
    "took" interval,
    "data" bytea,
    "document" json DEFAULT '{}',
    "key" uuid,
    "mood" mood,
    PRIMARY KEY ("id")
);
