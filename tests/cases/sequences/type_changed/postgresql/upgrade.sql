ALTER SEQUENCE "tickets" AS bigint;
