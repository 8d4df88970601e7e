CREATE INDEX "ix" ON "things" ((lower(s)));
