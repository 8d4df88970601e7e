ALTER TABLE "things" ADD COLUMN "s" character varying(20);
CREATE INDEX "ix" ON "things" ("s");
