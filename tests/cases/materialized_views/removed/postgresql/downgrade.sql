CREATE MATERIALIZED VIEW "totals" AS
SELECT name,
    sum(points) AS points
   FROM users
  GROUP BY name;
CREATE UNIQUE INDEX "ix_totals_name" ON "totals" ("name");
