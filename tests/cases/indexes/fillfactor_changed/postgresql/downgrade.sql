DROP INDEX "ix_n";
CREATE INDEX "ix_n" ON "things" ("n") WITH ("fillfactor" = 70);
