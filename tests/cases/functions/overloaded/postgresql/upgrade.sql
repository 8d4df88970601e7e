SET LOCAL check_function_bodies = off;
CREATE FUNCTION one_more(a text = 'x') RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT length(a)
$$;
SET LOCAL check_function_bodies = DEFAULT;
