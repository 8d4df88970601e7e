INSERT INTO items (id, mood) VALUES (1, 'happy');
