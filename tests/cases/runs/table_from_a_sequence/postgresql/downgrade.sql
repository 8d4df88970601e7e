DROP TABLE "things";
DROP SEQUENCE "numbers";
