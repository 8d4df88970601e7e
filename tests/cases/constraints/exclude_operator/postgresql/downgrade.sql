ALTER TABLE "bookings" DROP CONSTRAINT "no_overlap";
ALTER TABLE "bookings" ADD CONSTRAINT "no_overlap" EXCLUDE USING gist ("during" WITH &&);
