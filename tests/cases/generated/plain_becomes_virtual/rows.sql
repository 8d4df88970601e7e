INSERT INTO boxes (id, width, area) VALUES (1, 5, 10), (2, NULL, NULL);
