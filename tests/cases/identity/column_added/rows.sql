INSERT INTO invoices (id, note) VALUES (1, 'a'), (2, 'b');
