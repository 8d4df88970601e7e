ALTER TABLE "items"
    ALTER COLUMN "value" DROP DEFAULT,
    ALTER COLUMN "value" TYPE character varying(20),
    ALTER COLUMN "value" DROP NOT NULL;
