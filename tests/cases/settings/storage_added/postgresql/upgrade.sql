ALTER TABLE "items" SET ("fillfactor" = 70);
