INSERT INTO owners (id, name) VALUES (1, 'ann');
INSERT INTO pets (id) VALUES (1);
