DROP TABLE "nothing";
