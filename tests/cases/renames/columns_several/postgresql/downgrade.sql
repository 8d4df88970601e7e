ALTER TABLE "users" RENAME CONSTRAINT "uq_users_email" TO "uq_users_mail";
ALTER TABLE "users" RENAME COLUMN "years" TO "age";
ALTER TABLE "users" RENAME COLUMN "email" TO "mail";
