ALTER TABLE "bookings" RENAME CONSTRAINT "no_overlap" TO "other";
