CREATE OR REPLACE VIEW "winners" AS
SELECT id,
    name
   FROM users
  WHERE (points > 10);
