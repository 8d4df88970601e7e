CREATE TABLE "nothing" ();
