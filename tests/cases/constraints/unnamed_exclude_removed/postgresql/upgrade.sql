ALTER TABLE "bookings" DROP CONSTRAINT "bookings_during_excl";
