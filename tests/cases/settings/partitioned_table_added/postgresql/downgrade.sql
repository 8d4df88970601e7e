DROP TABLE "events";
