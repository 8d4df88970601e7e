DROP TABLE "My App"."Line Items";
DROP SCHEMA "My App";
