SET LOCAL check_function_bodies = off;
CREATE FUNCTION touch()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
    NEW.points := 1;
    RETURN NEW;
END
$function$;
SET LOCAL check_function_bodies = DEFAULT;
CREATE TABLE "users" (
    "id" SERIAL NOT NULL,
    "name" character varying(50),
    "points" integer,
    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);
CREATE TRIGGER touched BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION touch();
