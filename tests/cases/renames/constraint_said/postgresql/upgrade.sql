ALTER TABLE "users" DROP CONSTRAINT "uq_a";
ALTER TABLE "users" ADD CONSTRAINT "uq_b" UNIQUE ("mail", "boss_id");
