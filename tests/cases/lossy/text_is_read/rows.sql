INSERT INTO items (id, size) VALUES (1, '0007'), (2, '20'), (3, NULL);
