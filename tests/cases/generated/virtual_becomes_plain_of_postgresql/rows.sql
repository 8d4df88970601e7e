INSERT INTO boxes (id, width) VALUES (1, 5), (2, NULL);
