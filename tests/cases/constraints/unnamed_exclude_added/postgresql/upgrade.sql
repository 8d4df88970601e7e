ALTER TABLE "bookings" ADD EXCLUDE USING gist ("during" WITH &&);
