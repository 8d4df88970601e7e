ALTER TABLE "bookings" RENAME CONSTRAINT "other" TO "no_overlap";
