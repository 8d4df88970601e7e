DROP TRIGGER "touched";
CREATE TRIGGER touched AFTER UPDATE ON users
BEGIN
    UPDATE users SET points = points + 1 WHERE id = NEW.id;
END;
