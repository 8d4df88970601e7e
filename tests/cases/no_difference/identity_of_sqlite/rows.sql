INSERT INTO invoices (id, note, number) VALUES (1, 'a', 7), (2, 'b', 9);
