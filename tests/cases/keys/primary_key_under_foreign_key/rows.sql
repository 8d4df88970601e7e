INSERT INTO members (id, tenant) VALUES (1, 10), (2, 20), (3, 20);
INSERT INTO notes (id, member) VALUES (1, 2), (2, NULL);
