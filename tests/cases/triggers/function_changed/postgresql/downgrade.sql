SET LOCAL check_function_bodies = off;
CREATE OR REPLACE FUNCTION touch()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    NEW.points := 1;
    RETURN NEW;
END
$function$;
SET LOCAL check_function_bodies = DEFAULT;
