INSERT INTO people (id, mood) VALUES (1, 'glad'), (2, 'sad'), (3, NULL);
