CREATE INDEX "ix_things_n" ON "things" ("n");
