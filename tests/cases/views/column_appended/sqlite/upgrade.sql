DROP VIEW "winners";
CREATE VIEW winners AS
SELECT users.id, users.name, users.points
FROM users
WHERE users.points > 10;
