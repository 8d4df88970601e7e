INSERT INTO things (id, c) VALUES (1, '7'), (2, NULL);
