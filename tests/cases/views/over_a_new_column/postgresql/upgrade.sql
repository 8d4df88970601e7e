ALTER TABLE "users" ADD COLUMN "points" integer;
CREATE OR REPLACE VIEW "winners" AS
SELECT users.id, users.name, users.points
FROM users;
