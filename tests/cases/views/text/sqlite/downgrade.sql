DROP VIEW "marked";
