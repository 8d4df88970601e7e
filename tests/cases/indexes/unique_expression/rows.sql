INSERT INTO things (id, n, s) VALUES (1, 5, 'a'), (2, 7, 'b'), (3, NULL, NULL);
