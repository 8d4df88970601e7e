DROP VIEW "winners";
CREATE VIEW winners (number, who) AS
SELECT users.id, users.name
FROM users
WHERE users.points > 10;
