CREATE TABLE "users" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(50),
    "points" INTEGER,
    PRIMARY KEY ("id")
);
CREATE TRIGGER touched AFTER UPDATE OF name ON users
BEGIN
    UPDATE users SET points = points + 1 WHERE id = NEW.id;
END;
