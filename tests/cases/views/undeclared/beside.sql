CREATE VIEW strange AS SELECT name, count(*) AS number FROM users GROUP BY name;
