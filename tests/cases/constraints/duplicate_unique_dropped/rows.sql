INSERT INTO things (id, a, b) VALUES (1, 1, 2), (2, 2, 1), (3, 3, NULL);
