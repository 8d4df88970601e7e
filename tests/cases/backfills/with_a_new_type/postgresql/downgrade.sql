ALTER TABLE "items"
    ALTER COLUMN "size" TYPE integer USING "size"::integer,
    ALTER COLUMN "size" DROP NOT NULL;
