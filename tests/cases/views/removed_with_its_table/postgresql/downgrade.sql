CREATE TABLE "users" (
    "id" SERIAL NOT NULL,
    "name" character varying(50),
    "points" integer,
    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);
CREATE VIEW "winners" AS
SELECT id,
    name
   FROM users
  WHERE (points > 10);
CREATE VIEW "a_names" AS
SELECT name
   FROM winners
  WHERE (name IS NOT NULL);
