CREATE TRIGGER touched AFTER UPDATE OF name ON users
BEGIN
    UPDATE users SET points = points + 1 WHERE id = NEW.id;
END;
