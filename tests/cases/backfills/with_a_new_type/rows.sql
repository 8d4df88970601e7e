INSERT INTO items (id, size) VALUES (1, 10), (2, 20);
