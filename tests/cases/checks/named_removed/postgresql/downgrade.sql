ALTER TABLE "things" ADD CONSTRAINT "positive" CHECK ((n > 1));
