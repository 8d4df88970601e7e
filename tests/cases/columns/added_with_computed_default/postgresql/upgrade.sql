ALTER TABLE "items" ADD COLUMN "at" timestamp without time zone DEFAULT now() NOT NULL;
