SET LOCAL check_function_bodies = off;
CREATE FUNCTION one_more(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT a + 1
$$;
SET LOCAL check_function_bodies = DEFAULT;
CREATE TABLE "users" (
    "id" SERIAL NOT NULL,
    "points" integer DEFAULT one_more(1),
    PRIMARY KEY ("id"),
    CONSTRAINT "positive" CHECK (one_more(points) > 0)
);
