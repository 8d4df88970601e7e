CREATE TABLE "users" (
    "id" SERIAL NOT NULL,
    "name" character varying(50),
    "points" integer,
    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);
CREATE VIEW "winners" AS
SELECT users.id,
    users.name
   FROM users
  WHERE (users.points > 10);
CREATE VIEW "a_names" AS
SELECT winners.name
   FROM winners
  WHERE (winners.name IS NOT NULL);
