INSERT INTO things (id, c) VALUES (1, 'glad'), (2, 'sad'), (3, NULL);
