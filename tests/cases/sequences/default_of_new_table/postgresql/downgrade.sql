DROP TABLE "items";
DROP SEQUENCE "tickets";
