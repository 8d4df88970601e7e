ALTER TABLE "items"
    ALTER COLUMN "value" DROP DEFAULT,
    ALTER COLUMN "value" TYPE character varying(20),
    ALTER COLUMN "value" SET DEFAULT 'ok'::character varying;
DROP TYPE "mood";
