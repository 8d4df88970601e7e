INSERT INTO bookings (id, during, room) VALUES (1, '[1,2)', '[1,2)'), (2, '[2,3)', '[2,3)');
