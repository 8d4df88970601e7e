INSERT INTO owners (id, name) VALUES (1, 'ann'), (2, 'bob');
INSERT INTO pets (id, owner) VALUES (1, 1), (2, 2), (3, NULL);
