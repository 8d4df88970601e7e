ALTER SEQUENCE "tickets" AS integer;
