ALTER TABLE "items"
    ALTER COLUMN "value" DROP DEFAULT,
    ALTER COLUMN "value" TYPE boolean USING "value" <> 0,
    ALTER COLUMN "value" SET DEFAULT false;
