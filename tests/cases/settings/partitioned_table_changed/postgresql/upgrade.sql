ALTER TABLE "events" ALTER COLUMN "what" TYPE character varying(50);
CREATE INDEX "ix_events_what" ON "events" ("what");
