ALTER MATERIALIZED VIEW "totals" SET ("fillfactor" = 70);
COMMENT ON MATERIALIZED VIEW "totals" IS 'by name';
