INSERT INTO members (id, tenant) VALUES (1, 10), (2, 20), (3, 20);
