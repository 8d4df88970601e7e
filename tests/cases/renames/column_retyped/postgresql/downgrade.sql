ALTER TABLE "users"
    ALTER COLUMN "years" DROP DEFAULT,
    ALTER COLUMN "years" TYPE integer,
    ALTER COLUMN "years" SET DEFAULT 1;
ALTER TABLE "users" RENAME COLUMN "years" TO "age";
