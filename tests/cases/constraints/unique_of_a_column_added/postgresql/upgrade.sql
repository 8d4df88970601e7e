ALTER TABLE "things" ADD UNIQUE ("a");
