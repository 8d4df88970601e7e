ALTER TABLE "users" RENAME COLUMN "mail" TO "email";
ALTER TABLE "users" RENAME CONSTRAINT "uq_users_mail" TO "uq_users_email";
