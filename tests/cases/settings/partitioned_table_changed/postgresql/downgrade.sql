DROP INDEX "ix_events_what";
ALTER TABLE "events" ALTER COLUMN "what" TYPE text;
