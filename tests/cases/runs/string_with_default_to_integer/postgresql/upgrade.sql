ALTER TABLE "things"
    ALTER COLUMN "c" DROP DEFAULT,
    ALTER COLUMN "c" TYPE integer USING "c"::integer,
    ALTER COLUMN "c" SET DEFAULT '0';
