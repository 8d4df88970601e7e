DROP VIEW "winners";
CREATE VIEW winners AS
SELECT users.id
FROM users
WHERE users.points > 10;
