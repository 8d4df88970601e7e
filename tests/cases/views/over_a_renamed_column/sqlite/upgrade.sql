DROP VIEW "winners";
ALTER TABLE "users" RENAME COLUMN "name" TO "full_name";
CREATE VIEW winners AS
SELECT users.id, users.full_name
FROM users
WHERE users.points > 10;
