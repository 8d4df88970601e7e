DROP INDEX "app"."ix_app_items_name";
ALTER TABLE "app"."items"
    ALTER COLUMN "name" TYPE character varying(20),
    ALTER COLUMN "name" DROP NOT NULL;
