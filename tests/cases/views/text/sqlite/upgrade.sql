CREATE VIEW marked AS
SELECT id, name || ' 100%' AS "what they said", ':name' AS colon, '\d' AS digit
FROM users
WHERE name LIKE 'a%' AND name <> 'it''s "so"';
