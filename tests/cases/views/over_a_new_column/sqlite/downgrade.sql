DROP VIEW "winners";
PRAGMA foreign_key_check("users");
ALTER TABLE "users" DROP COLUMN "points";
CREATE VIEW winners AS
SELECT users.id, users.name
FROM users;
