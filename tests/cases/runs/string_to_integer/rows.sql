INSERT INTO things (id, c) VALUES (1, '7'), (2, '-3'), (3, NULL);
