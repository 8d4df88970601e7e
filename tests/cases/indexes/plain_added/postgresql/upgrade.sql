CREATE INDEX "ix_n" ON "things" ("n");
