DROP TABLE "people_schema"."people";
DROP TYPE "kinds"."mood";
DROP SCHEMA "people_schema";
DROP SCHEMA "kinds";
