DROP TRIGGER "told";
DROP VIEW "winners";
CREATE VIEW winners AS
SELECT users.name
FROM users
WHERE users.points > 10;
CREATE TRIGGER told INSTEAD OF DELETE ON winners BEGIN SELECT 1; END;
