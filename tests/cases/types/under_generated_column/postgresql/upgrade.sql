ALTER TABLE "items" DROP COLUMN "twice";
ALTER TABLE "items"
    ALTER COLUMN "value" TYPE bigint,
    ADD COLUMN "twice" integer GENERATED ALWAYS AS ((value * 2)) STORED;
