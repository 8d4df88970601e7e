ALTER TABLE "items" DROP COLUMN "slug";
