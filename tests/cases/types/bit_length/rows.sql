INSERT INTO items (id, value) VALUES (1, B'101'), (2, NULL);
