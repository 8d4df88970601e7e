INSERT INTO things (id, c) VALUES (1, '{"a": 1}'), (2, NULL);
