INSERT INTO things (id, n, s) VALUES (2, 7, 'a');
