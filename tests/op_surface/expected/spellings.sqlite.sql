-- spellings/alter_column name
ALTER TABLE "users" RENAME COLUMN "name" TO "full_name";

-- spellings/alter_column nullable by position
CREATE TABLE "_flaskmig_new_users" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(40),
    "age" INTEGER DEFAULT '7' NOT NULL,
    "mail" TEXT,
    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
    );
INSERT INTO "_flaskmig_new_users" ("id", "name", "age", "mail") SELECT "id", "name", "age", "mail" FROM "users";
DROP TABLE "users";
ALTER TABLE "_flaskmig_new_users" RENAME TO "users";
-- Alembic: OperationalError: (sqlite3.OperationalError) near "ALTER": syntax error

-- spellings/create_primary_key name cols
CREATE TABLE "_flaskmig_new_t" (
    "a" INTEGER NOT NULL,
    CONSTRAINT "pk" PRIMARY KEY ("a")
    );
INSERT INTO "_flaskmig_new_t" ("a") SELECT "a" FROM "t";
DROP TABLE "t";
ALTER TABLE "_flaskmig_new_t" RENAME TO "t";
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.

-- spellings/create_unique_constraint name source local_cols
CREATE TABLE "_flaskmig_new_users" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(40),
    "age" INTEGER DEFAULT '7',
    "mail" TEXT,
    CONSTRAINT "users_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "uq" UNIQUE ("name")
    );
INSERT INTO "_flaskmig_new_users" ("id", "name", "age", "mail") SELECT "id", "name", "age", "mail" FROM "users";
DROP TABLE "users";
ALTER TABLE "_flaskmig_new_users" RENAME TO "users";
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.

-- spellings/create_check_constraint name source
CREATE TABLE "_flaskmig_new_users" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(40),
    "age" INTEGER DEFAULT '7',
    "mail" TEXT,
    CONSTRAINT "users_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "ck" CHECK (age > 0)
    );
INSERT INTO "_flaskmig_new_users" ("id", "name", "age", "mail") SELECT "id", "name", "age", "mail" FROM "users";
DROP TABLE "users";
ALTER TABLE "_flaskmig_new_users" RENAME TO "users";
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.

-- spellings/create_foreign_key name source referent
CREATE TABLE "_flaskmig_new_posts" (
    "id" INTEGER NOT NULL,
    "user_id" INTEGER,
    "n" INTEGER,
    CONSTRAINT "posts_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id")
    );
INSERT INTO "_flaskmig_new_posts" ("id", "user_id", "n") SELECT "id", "user_id", "n" FROM "posts";
DROP TABLE "posts";
ALTER TABLE "_flaskmig_new_posts" RENAME TO "posts";
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.

-- spellings/create_foreign_key by position
CREATE TABLE "_flaskmig_new_posts" (
    "id" INTEGER NOT NULL,
    "user_id" INTEGER,
    "n" INTEGER,
    CONSTRAINT "posts_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
    );
INSERT INTO "_flaskmig_new_posts" ("id", "user_id", "n") SELECT "id", "user_id", "n" FROM "posts";
DROP TABLE "posts";
ALTER TABLE "_flaskmig_new_posts" RENAME TO "posts";
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.

-- spellings/drop_constraint name type
CREATE TABLE "_flaskmig_new_t" (
    "a" INTEGER
    );
INSERT INTO "_flaskmig_new_t" (rowid, "a") SELECT rowid, "a" FROM "t";
DROP TABLE "t";
ALTER TABLE "_flaskmig_new_t" RENAME TO "t";
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.

-- spellings/drop_constraint schema by position
CREATE TABLE "_flaskmig_new_t" (
    "a" INTEGER
    );
INSERT INTO "_flaskmig_new_t" (rowid, "a") SELECT rowid, "a" FROM "t";
DROP TABLE "t";
ALTER TABLE "_flaskmig_new_t" RENAME TO "t";
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.

-- spellings/create_index name tablename
CREATE INDEX "ix" ON "users" ("name");

-- spellings/create_index schema and unique by position
CREATE UNIQUE INDEX "ix" ON "users" ("name");

-- spellings/drop_index name tablename
DROP INDEX "ix";

-- spellings/execute sql
UPDATE users SET age = 2;
UPDATE users SET age = 3;

-- spellings/bulk_insert multiinsert by position
INSERT INTO users (id) VALUES (:id);
-- with --sql
INSERT INTO users (id) VALUES (7);
