DROP ROUTINE "one_more"(a integer);
SET LOCAL check_function_bodies = off;
CREATE FUNCTION one_more(b integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT b + 1
$$;
SET LOCAL check_function_bodies = DEFAULT;
