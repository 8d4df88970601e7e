DROP INDEX "ix_n";
CREATE UNIQUE INDEX "ix_n" ON "things" ("n") WHERE (n > 1);
