INSERT INTO places (id, country, city) VALUES (1, 1, 2), (2, 2, 1);
INSERT INTO people (id, country, city) VALUES (1, 1, 2), (2, NULL, NULL);
