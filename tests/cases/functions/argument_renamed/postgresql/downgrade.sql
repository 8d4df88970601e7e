DROP ROUTINE "one_more"(b integer);
SET LOCAL check_function_bodies = off;
CREATE FUNCTION one_more(a integer)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$
    SELECT a + 1
$function$;
SET LOCAL check_function_bodies = DEFAULT;
