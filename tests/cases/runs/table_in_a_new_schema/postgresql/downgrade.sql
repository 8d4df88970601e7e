DROP TABLE "shop"."things";
DROP SCHEMA "shop";
