ALTER TABLE "things" ADD CHECK (n > 1);
