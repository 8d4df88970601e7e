CREATE TYPE "mood" AS ENUM ('sad', 'ok');
CREATE TABLE "people" (
    "id" SERIAL NOT NULL,
    "mood" mood,
    PRIMARY KEY ("id")
);
ALTER TABLE "items" ADD COLUMN "mood" mood;
