DROP VIEW "winners";
ALTER TABLE "users" RENAME COLUMN "full_name" TO "name";
CREATE VIEW winners AS
SELECT users.id, users.name
FROM users
WHERE users.points > 10;
