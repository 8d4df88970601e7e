DROP TABLE "kinds";
DROP TYPE "mood";
