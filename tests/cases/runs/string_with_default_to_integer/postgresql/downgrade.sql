ALTER TABLE "things"
    ALTER COLUMN "c" DROP DEFAULT,
    ALTER COLUMN "c" TYPE character varying(5),
    ALTER COLUMN "c" SET DEFAULT '0'::character varying;
