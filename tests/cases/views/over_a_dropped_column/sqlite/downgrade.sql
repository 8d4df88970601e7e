DROP VIEW "winners";
ALTER TABLE "users" ADD COLUMN "points" INTEGER;
CREATE VIEW winners AS
SELECT users.id, users.points, users.name
FROM users;
