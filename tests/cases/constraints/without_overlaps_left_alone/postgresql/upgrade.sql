ALTER TABLE "bookings" ADD COLUMN "note" character varying(20);
