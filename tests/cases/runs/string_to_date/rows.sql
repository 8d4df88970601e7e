INSERT INTO things (id, c) VALUES (1, '2024-02-29'), (2, NULL);
