CREATE TABLE "users" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(50),
    "points" INTEGER,
    PRIMARY KEY ("id")
);
CREATE VIEW winners AS
SELECT users.id, users.name
FROM users
WHERE users.points > 10;
CREATE VIEW a_names AS
SELECT name FROM winners WHERE name IS NOT NULL;
