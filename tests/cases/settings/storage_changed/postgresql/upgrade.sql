ALTER TABLE "items" SET ("autovacuum_enabled" = false, "fillfactor" = 80);
