SET LOCAL check_function_bodies = off;
CREATE PROCEDURE forget(number integer) LANGUAGE sql AS $$ UPDATE users SET name = NULL WHERE id = number $$;
SET LOCAL check_function_bodies = DEFAULT;
COMMENT ON PROCEDURE "forget"(number integer) IS 'by number';
