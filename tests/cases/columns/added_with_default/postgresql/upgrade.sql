ALTER TABLE "items" ADD COLUMN "count" integer DEFAULT '0' NOT NULL;
