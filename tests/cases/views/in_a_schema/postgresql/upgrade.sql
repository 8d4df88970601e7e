CREATE SCHEMA "shown";
CREATE VIEW "shown"."winners" AS
SELECT users.id, users.name
FROM users
WHERE users.points > 10;
