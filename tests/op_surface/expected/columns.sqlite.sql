-- columns/add_column
ALTER TABLE "users" ADD COLUMN "x" VARCHAR(9);

-- columns/add_column by keyword
ALTER TABLE "users" ADD COLUMN "x" INTEGER;

-- columns/add_column with a default
ALTER TABLE "users" ADD COLUMN "x" INTEGER DEFAULT '1' NOT NULL;

-- columns/add_column with a default expression
CREATE TABLE "_flaskmig_new_users" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(40),
    "age" INTEGER DEFAULT '7',
    "mail" TEXT,
    "x" INTEGER DEFAULT (1 + 1),
    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
    );
INSERT INTO "_flaskmig_new_users" ("id", "name", "age", "mail") SELECT "id", "name", "age", "mail" FROM "users";
DROP TABLE "users";
ALTER TABLE "_flaskmig_new_users" RENAME TO "users";
-- Alembic: OperationalError: (sqlite3.OperationalError) Cannot add a column with non-constant default

-- columns/add_column with a foreign key
ALTER TABLE "posts" ADD COLUMN "boss" INTEGER CONSTRAINT "boss_fk" REFERENCES "users" ("id") ON DELETE CASCADE;
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.

-- columns/add_column inline_references
ALTER TABLE "posts" ADD COLUMN "boss" INTEGER REFERENCES "users" ("id") ON DELETE CASCADE;

-- columns/add_column inline_primary_key
CREATE TABLE "_flaskmig_new_bare" (
    "a" INTEGER,
    "id" INTEGER NOT NULL,
    PRIMARY KEY ("id")
    );
INSERT INTO "_flaskmig_new_bare" (rowid, "a") SELECT rowid, "a" FROM "bare";
DROP TABLE "bare";
ALTER TABLE "_flaskmig_new_bare" RENAME TO "bare";
-- Alembic: OperationalError: (sqlite3.OperationalError) Cannot add a PRIMARY KEY column
-- Alembic leaves another database: SQLite takes neither Alembic's statement nor its rebuild

-- columns/add_column primary_key
CREATE TABLE "_flaskmig_new_bare" (
    "a" INTEGER,
    "id" INTEGER NOT NULL
    );
INSERT INTO "_flaskmig_new_bare" (rowid, "a") SELECT rowid, "a" FROM "bare";
DROP TABLE "bare";
ALTER TABLE "_flaskmig_new_bare" RENAME TO "bare";
-- Alembic; a NOT NULL column without a default needs a table without rows, which SQLite takes for no reason; flaskmig rebuilds it
ALTER TABLE bare ADD COLUMN id INTEGER NOT NULL;
-- Alembic with --sql; a NOT NULL column without a default needs a table without rows, which SQLite takes for no reason; flaskmig rebuilds it
ALTER TABLE bare ADD COLUMN id INTEGER NOT NULL;

-- columns/add_column with unique and index
ALTER TABLE "users" ADD COLUMN "x" INTEGER;
CREATE INDEX "ix_users_x" ON "users" ("x");
CREATE TABLE "_flaskmig_new_posts" (
    "id" INTEGER NOT NULL,
    "user_id" INTEGER,
    "n" INTEGER,
    "y" INTEGER,
    CONSTRAINT "posts_pkey" PRIMARY KEY ("id"),
    UNIQUE ("y")
    );
INSERT INTO "_flaskmig_new_posts" ("id", "user_id", "n") SELECT "id", "user_id", "n" FROM "posts";
DROP TABLE "posts";
ALTER TABLE "_flaskmig_new_posts" RENAME TO "posts";
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic leaves another database: Alembic's batch blocks cannot make a constraint without a name

-- columns/add_column with a check
CREATE TABLE "_flaskmig_new_users" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(40),
    "age" INTEGER DEFAULT '7',
    "mail" TEXT,
    "x" INTEGER,
    CONSTRAINT "users_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "positive" CHECK (x > 0)
    );
INSERT INTO "_flaskmig_new_users" ("id", "name", "age", "mail") SELECT "id", "name", "age", "mail" FROM "users";
DROP TABLE "users";
ALTER TABLE "_flaskmig_new_users" RENAME TO "users";
-- Alembic; flaskmig adds the column and then the constraint, as it does for all of them
ALTER TABLE users ADD COLUMN x INTEGER CONSTRAINT positive CHECK (x > 0);
-- Alembic with --sql; flaskmig adds the column and then the constraint, as it does for all of them
ALTER TABLE users ADD COLUMN x INTEGER CONSTRAINT positive CHECK (x > 0);

-- columns/add_column with a comment
ALTER TABLE "users" ADD COLUMN "x" INTEGER;

-- columns/add_column if_not_exists
ALTER TABLE "users" ADD COLUMN "x" INTEGER;
-- Alembic: OperationalError: (sqlite3.OperationalError) near "EXISTS": syntax error

-- columns/add_column if_not_exists that is there
-- Alembic: OperationalError: (sqlite3.OperationalError) near "EXISTS": syntax error
-- Alembic leaves another database: Alembic's batch blocks have no such condition

-- columns/add_column computed
CREATE TABLE "_flaskmig_new_users" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(40),
    "age" INTEGER DEFAULT '7',
    "mail" TEXT,
    "x" INTEGER GENERATED ALWAYS AS (age * 2) STORED,
    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
    );
INSERT INTO "_flaskmig_new_users" ("id", "name", "age", "mail") SELECT "id", "name", "age", "mail" FROM "users";
DROP TABLE "users";
ALTER TABLE "_flaskmig_new_users" RENAME TO "users";
-- Alembic: OperationalError: (sqlite3.OperationalError) cannot add a STORED column

-- columns/add_column enum with a check
CREATE TABLE "_flaskmig_new_users" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(40),
    "age" INTEGER DEFAULT '7',
    "mail" TEXT,
    "x" VARCHAR(1),
    CONSTRAINT "users_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "mood_ck" CHECK (x IN ('a', 'b'))
    );
INSERT INTO "_flaskmig_new_users" ("id", "name", "age", "mail") SELECT "id", "name", "age", "mail" FROM "users";
DROP TABLE "users";
ALTER TABLE "_flaskmig_new_users" RENAME TO "users";
-- Alembic; Alembic passes over the CHECK of a type on SQLite; flaskmig makes it
ALTER TABLE users ADD COLUMN x VARCHAR(1);
-- Alembic with --sql; Alembic passes over the CHECK of a type on SQLite; flaskmig makes it
ALTER TABLE users ADD COLUMN x VARCHAR(1);
-- Alembic leaves another database: Alembic passes over the CHECK of a type on SQLite; flaskmig makes it

-- columns/add_column boolean with a check
CREATE TABLE "_flaskmig_new_users" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(40),
    "age" INTEGER DEFAULT '7',
    "mail" TEXT,
    "x" BOOLEAN,
    CONSTRAINT "users_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "x_ck" CHECK (x IN (0, 1))
    );
INSERT INTO "_flaskmig_new_users" ("id", "name", "age", "mail") SELECT "id", "name", "age", "mail" FROM "users";
DROP TABLE "users";
ALTER TABLE "_flaskmig_new_users" RENAME TO "users";
-- Alembic; Alembic passes over the CHECK of a type on SQLite; flaskmig makes it
ALTER TABLE users ADD COLUMN x BOOLEAN;
-- Alembic with --sql; Alembic passes over the CHECK of a type on SQLite; flaskmig makes it
ALTER TABLE users ADD COLUMN x BOOLEAN;
-- Alembic leaves another database: Alembic passes over the CHECK of a type on SQLite; flaskmig makes it

-- columns/drop_column
ALTER TABLE "users" DROP COLUMN "age";

-- columns/drop_column by keyword
ALTER TABLE "users" DROP COLUMN "age";

-- columns/drop_column mssql_drop_default
ALTER TABLE "users" DROP COLUMN "age";

-- columns/drop_column if_exists
ALTER TABLE "users" DROP COLUMN "age";
-- Alembic: OperationalError: (sqlite3.OperationalError) near "EXISTS": syntax error

-- columns/drop_column if_exists that is not there
-- Alembic: OperationalError: (sqlite3.OperationalError) near "EXISTS": syntax error
-- Alembic leaves another database: Alembic's batch blocks have no such condition

-- columns/alter_column nullable=False
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

-- columns/alter_column nullable=True
CREATE TABLE "_flaskmig_new_t" (
    "a" INTEGER
    );
INSERT INTO "_flaskmig_new_t" (rowid, "a") SELECT rowid, "a" FROM "t";
DROP TABLE "t";
ALTER TABLE "_flaskmig_new_t" RENAME TO "t";
-- Alembic: OperationalError: (sqlite3.OperationalError) near "ALTER": syntax error

-- columns/alter_column by keyword
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

-- columns/alter_column type_
CREATE TABLE "_flaskmig_new_users" (
    "id" INTEGER NOT NULL,
    "name" TEXT,
    "age" INTEGER DEFAULT '7',
    "mail" TEXT,
    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
    );
INSERT INTO "_flaskmig_new_users" ("id", "name", "age", "mail") SELECT "id", "name", "age", "mail" FROM "users";
DROP TABLE "users";
ALTER TABLE "_flaskmig_new_users" RENAME TO "users";
-- Alembic: OperationalError: (sqlite3.OperationalError) near "ALTER": syntax error

-- columns/alter_column type_ as a class
CREATE TABLE "_flaskmig_new_users" (
    "id" INTEGER NOT NULL,
    "name" TEXT,
    "age" INTEGER DEFAULT '7',
    "mail" TEXT,
    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
    );
INSERT INTO "_flaskmig_new_users" ("id", "name", "age", "mail") SELECT "id", "name", "age", "mail" FROM "users";
DROP TABLE "users";
ALTER TABLE "_flaskmig_new_users" RENAME TO "users";
-- Alembic: OperationalError: (sqlite3.OperationalError) near "ALTER": syntax error

-- columns/alter_column type_ with its check
CREATE TABLE "_flaskmig_new_t" (
    "a" VARCHAR(20),
    CONSTRAINT "a_ck" CHECK (a IN ('x', 'y', 'z'))
    );
INSERT INTO "_flaskmig_new_t" (rowid, "a") SELECT rowid, "a" FROM "t";
DROP TABLE "t";
ALTER TABLE "_flaskmig_new_t" RENAME TO "t";
-- Alembic: OperationalError: (sqlite3.OperationalError) near "ALTER": syntax error

-- columns/alter_column boolean check to integer
CREATE TABLE "_flaskmig_new_t" (
    "a" INTEGER
    );
INSERT INTO "_flaskmig_new_t" (rowid, "a") SELECT rowid, "a" FROM "t";
DROP TABLE "t";
ALTER TABLE "_flaskmig_new_t" RENAME TO "t";
-- Alembic: OperationalError: (sqlite3.OperationalError) near "ALTER": syntax error

-- columns/alter_column server_default
CREATE TABLE "_flaskmig_new_users" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(40),
    "age" INTEGER DEFAULT '8',
    "mail" TEXT,
    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
    );
INSERT INTO "_flaskmig_new_users" ("id", "name", "age", "mail") SELECT "id", "name", "age", "mail" FROM "users";
DROP TABLE "users";
ALTER TABLE "_flaskmig_new_users" RENAME TO "users";
-- Alembic: OperationalError: (sqlite3.OperationalError) near "ALTER": syntax error

-- columns/alter_column server_default=None
CREATE TABLE "_flaskmig_new_users" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(40),
    "age" INTEGER,
    "mail" TEXT,
    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
    );
INSERT INTO "_flaskmig_new_users" ("id", "name", "age", "mail") SELECT "id", "name", "age", "mail" FROM "users";
DROP TABLE "users";
ALTER TABLE "_flaskmig_new_users" RENAME TO "users";
-- Alembic: OperationalError: (sqlite3.OperationalError) near "ALTER": syntax error

-- columns/alter_column server_default expression
CREATE TABLE "_flaskmig_new_users" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(40),
    "age" INTEGER DEFAULT '7',
    "mail" TEXT DEFAULT ('a' || 'b'),
    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
    );
INSERT INTO "_flaskmig_new_users" ("id", "name", "age", "mail") SELECT "id", "name", "age", "mail" FROM "users";
DROP TABLE "users";
ALTER TABLE "_flaskmig_new_users" RENAME TO "users";
-- Alembic: OperationalError: (sqlite3.OperationalError) near "ALTER": syntax error
-- Alembic leaves another database: Alembic's rebuild writes an expression without the parentheses that SQLite wants

-- columns/alter_column new_column_name
ALTER TABLE "users" RENAME COLUMN "name" TO "full_name";

-- columns/alter_column everything
CREATE TABLE "_flaskmig_new_users" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(80) NOT NULL DEFAULT 'y',
    "age" INTEGER DEFAULT '7',
    "mail" TEXT,
    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
    );
INSERT INTO "_flaskmig_new_users" ("id", "name", "age", "mail") SELECT "id", "name", "age", "mail" FROM "users";
DROP TABLE "users";
ALTER TABLE "_flaskmig_new_users" RENAME TO "users";
ALTER TABLE "users" RENAME COLUMN "name" TO "full_name";
-- with --sql
CREATE TABLE "_flaskmig_new_users" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(80) DEFAULT 'y' NOT NULL,
    "age" INTEGER DEFAULT '7',
    "mail" TEXT,
    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
    );
INSERT INTO "_flaskmig_new_users" ("id", "name", "age", "mail") SELECT "id", "name", "age", "mail" FROM "users";
DROP TABLE "users";
ALTER TABLE "_flaskmig_new_users" RENAME TO "users";
ALTER TABLE "users" RENAME COLUMN "name" TO "full_name";
-- Alembic: OperationalError: (sqlite3.OperationalError) near "ALTER": syntax error

-- columns/alter_column nothing

-- columns/alter_column mysql_ and mssql_
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

-- columns/alter_column typing errors
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

-- columns/alter_column autoincrement
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

-- columns/drop_column with its check
CREATE TABLE "_flaskmig_new_t" (
    "a" INTEGER
    );
INSERT INTO "_flaskmig_new_t" (rowid, "a") SELECT rowid, "a" FROM "t";
DROP TABLE "t";
ALTER TABLE "_flaskmig_new_t" RENAME TO "t";
-- Alembic: OperationalError: (sqlite3.OperationalError) error in table t after drop column: no such column: b

-- columns/add_column of another table
ALTER TABLE "users" ADD COLUMN "x" INTEGER DEFAULT '3';
