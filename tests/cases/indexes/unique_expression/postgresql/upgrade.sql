CREATE UNIQUE INDEX "ix" ON "things" ((lower(s)));
