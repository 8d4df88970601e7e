DROP VIEW "winners";
ALTER TABLE "people" RENAME TO "users";
CREATE VIEW winners AS
SELECT users.id, users.name
FROM users
WHERE users.points > 10;
