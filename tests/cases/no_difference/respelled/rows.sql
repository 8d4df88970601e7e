INSERT INTO things (id, n, s) VALUES (2, 7, 'abc'), (3, 8, 'a');
