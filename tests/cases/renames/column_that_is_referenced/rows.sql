INSERT INTO books (id, isbn, title) VALUES (1, '9780000000001', 'one'), (2, '9780000000002', NULL), (3, NULL, 'none');
INSERT INTO loans (id, book) VALUES (1, '9780000000001'), (2, '9780000000001'), (3, NULL);
