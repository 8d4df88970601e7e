INSERT INTO flags (id, "on") VALUES (1, true), (2, false), (3, NULL);
