-- indexes/create_index
CREATE INDEX "ix" ON "users" ("name", "age");

-- indexes/create_index by keyword
CREATE UNIQUE INDEX "ix" ON "users" ("name");

-- indexes/create_index op.f
CREATE INDEX "ix_users_name" ON "users" ("name");

-- indexes/create_index without a name
CREATE INDEX "ix_users_name" ON "users" ("name");

-- indexes/create_index a tuple
CREATE INDEX "ix" ON "users" ("name", "age");

-- indexes/create_index expressions
CREATE INDEX "ix" ON "users" (lower(name), "age" DESC);
CREATE INDEX "iy" ON "users" (lower(name), "age" DESC);

-- indexes/create_index text of a column
CREATE INDEX "ix" ON "users" (name, "age");

-- indexes/create_index sqlite_where postgresql_where
CREATE UNIQUE INDEX "ix" ON "users" ("name") WHERE age > 1;

-- indexes/create_index where expression
CREATE INDEX "ix" ON "users" ("name") WHERE mail IS NULL;

-- indexes/create_index if_not_exists
CREATE INDEX "iy" ON "users" ("age");
-- with --sql
CREATE INDEX IF NOT EXISTS "ix" ON "users" ("name");
CREATE INDEX IF NOT EXISTS "iy" ON "users" ("age");
-- Alembic; where flaskmig can look whether it is there, it looks, and sends no statement for nothing
CREATE INDEX IF NOT EXISTS ix ON users (name);
CREATE INDEX IF NOT EXISTS iy ON users (age);

-- indexes/create_index mysql_length
CREATE INDEX "ix" ON "users" ("name");

-- indexes/create_index quote info
CREATE INDEX "ix" ON "users" ("name");

-- indexes/drop_index
DROP INDEX "ix";

-- indexes/drop_index by keyword
DROP INDEX "ix";

-- indexes/drop_index with what create_index has
DROP INDEX "ix";

-- indexes/drop_index op.f
DROP INDEX "ix";

-- indexes/drop_index if_exists
DROP INDEX "ix";
-- with --sql
DROP INDEX IF EXISTS "ix";
DROP INDEX IF EXISTS "nope";
DROP INDEX IF EXISTS "nope";
-- Alembic; where flaskmig can look whether it is there, it looks, and sends no statement for nothing
DROP INDEX IF EXISTS ix;
DROP INDEX IF EXISTS nope;
DROP INDEX IF EXISTS nope;

-- indexes/create_index where as a str
CREATE INDEX "ix" ON "users" ("name") WHERE age > 1;
