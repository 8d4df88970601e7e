ALTER TABLE "things" DROP CONSTRAINT "positive";
