SET LOCAL check_function_bodies = off;
CREATE FUNCTION one_more(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT a + 1
$$;
SET LOCAL check_function_bodies = DEFAULT;
