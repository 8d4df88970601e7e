DROP VIEW "winners";
