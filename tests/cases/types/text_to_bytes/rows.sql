INSERT INTO items (id, value) VALUES (1, 'plain'), (2, 'größe \ 1'), (3, NULL);
