ALTER TABLE "things" DROP CONSTRAINT "k";
ALTER TABLE "things" ADD CONSTRAINT "k" CHECK (s IN ('a', 'b', 'c'));
