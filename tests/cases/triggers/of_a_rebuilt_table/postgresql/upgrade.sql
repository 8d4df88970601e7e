ALTER TABLE "users" ADD CONSTRAINT "bounded" CHECK (points < 1000);
