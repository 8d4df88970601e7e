ALTER TABLE "app"."items" ALTER COLUMN "name" TYPE character varying(30);
UPDATE "app"."items" SET "name" = 'none' WHERE "name" IS NULL;
SELECT 1 FROM "app"."items" WHERE "name" IS NULL LIMIT 1;
ALTER TABLE "app"."items" ALTER COLUMN "name" SET NOT NULL;
CREATE INDEX "ix_app_items_name" ON "app"."items" ("name");
