DROP SEQUENCE "tickets";
