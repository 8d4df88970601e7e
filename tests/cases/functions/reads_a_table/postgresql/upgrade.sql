CREATE TABLE "users" (
    "id" SERIAL NOT NULL,
    "name" character varying(50),
    "points" integer,
    PRIMARY KEY ("id")
);
SET LOCAL check_function_bodies = off;
CREATE FUNCTION everyone() RETURNS SETOF users LANGUAGE sql AS $$ SELECT * FROM users $$;
SET LOCAL check_function_bodies = DEFAULT;
