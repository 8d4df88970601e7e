DROP INDEX "ix_n";
CREATE INDEX "ix_n" ON "things" ("n") WHERE ((s)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]));
