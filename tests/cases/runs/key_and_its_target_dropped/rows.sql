INSERT INTO owners (id, name) VALUES (1, 'ann');
INSERT INTO pets (id, owner_id) VALUES (1, NULL);
