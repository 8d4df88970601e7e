DROP VIEW "winners";
ALTER TABLE "users" RENAME TO "people";
CREATE VIEW winners AS
SELECT people.id, people.name
FROM people
WHERE people.points > 10;
