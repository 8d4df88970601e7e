CREATE OR REPLACE VIEW "winners" AS
SELECT users.id,
    users.name
   FROM users
  WHERE (users.points > 10);
