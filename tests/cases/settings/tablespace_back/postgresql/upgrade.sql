ALTER TABLE "items" SET TABLESPACE "pg_default";
