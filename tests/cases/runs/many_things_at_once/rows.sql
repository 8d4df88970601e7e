INSERT INTO owners (id, name) VALUES (1, 'ann'), (2, 'bob');
INSERT INTO pets (id, owner_id, kind) VALUES (1, 1, 'cat');
