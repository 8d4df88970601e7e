INSERT INTO things (id, c) VALUES (1, 0), (2, 1), (3, NULL);
