INSERT INTO items (id, moods) VALUES (1, '{sad,ok}'), (2, NULL);
