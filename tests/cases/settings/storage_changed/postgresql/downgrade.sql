ALTER TABLE "items" RESET (autovacuum_enabled);
ALTER TABLE "items" SET ("fillfactor" = 70);
