DROP VIEW "a_names";
DROP VIEW "winners";
CREATE VIEW winners AS
SELECT users.id, users.name
FROM users
WHERE users.points > 10;
CREATE VIEW a_names AS
SELECT name FROM winners WHERE name IS NOT NULL;
