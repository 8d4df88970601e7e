SET LOCAL check_function_bodies = off;
CREATE OR REPLACE FUNCTION one_more(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT a + 2
$$;
SET LOCAL check_function_bodies = DEFAULT;
