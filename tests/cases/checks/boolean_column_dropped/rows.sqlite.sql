INSERT INTO flags (id, "on") VALUES (1, 1), (2, 0), (3, NULL);
