ALTER TABLE "users" DROP CONSTRAINT "uq_users_mail";
ALTER TABLE "users" DROP COLUMN "mail";
ALTER TABLE "users" ADD COLUMN "email" character varying(120);
ALTER TABLE "users" ADD CONSTRAINT "uq_users_email" UNIQUE ("email");
