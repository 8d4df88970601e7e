DROP TRIGGER "touched";
ALTER TABLE "users" RENAME COLUMN "full_name" TO "name";
CREATE TRIGGER touched AFTER UPDATE OF name ON users
BEGIN
    UPDATE users SET points = points + 1 WHERE id = NEW.id;
END;
