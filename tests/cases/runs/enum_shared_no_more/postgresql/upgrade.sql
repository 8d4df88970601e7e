DROP TABLE "pets";
