DROP TRIGGER "touched";
ALTER TABLE "users" RENAME COLUMN "name" TO "full_name";
CREATE TRIGGER touched AFTER UPDATE OF full_name ON users
BEGIN
    UPDATE users SET points = points + 1 WHERE id = NEW.id;
END;
