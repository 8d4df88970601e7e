ALTER TABLE "users" DROP CONSTRAINT "uq_users_email";
ALTER TABLE "users" DROP COLUMN "email";
ALTER TABLE "users" ADD COLUMN "mail" character varying(120);
ALTER TABLE "users" ADD CONSTRAINT "uq_users_mail" UNIQUE ("mail");
