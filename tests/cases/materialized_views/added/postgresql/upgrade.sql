CREATE MATERIALIZED VIEW "totals" AS
SELECT users.name, sum(users.points) AS points
FROM users GROUP BY users.name;
CREATE UNIQUE INDEX "ix_totals_name" ON "totals" ("name");
