ALTER TABLE "bookings" DROP COLUMN "note";
