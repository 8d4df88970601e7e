DROP INDEX "ix_s";
CREATE INDEX "ix_s" ON "things" ("s");
