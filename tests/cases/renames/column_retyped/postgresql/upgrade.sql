ALTER TABLE "users" RENAME COLUMN "age" TO "years";
ALTER TABLE "users"
    ALTER COLUMN "years" DROP DEFAULT,
    ALTER COLUMN "years" TYPE bigint,
    ALTER COLUMN "years" SET DEFAULT '2';
