-- tables/create_table
CREATE TABLE "t" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(9) DEFAULT 'x' NOT NULL,
    "at" DATETIME DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY ("id"),
    CONSTRAINT "t_name" UNIQUE ("name")
    );

-- tables/create_table with columns' own words
CREATE TABLE "t" (
    "id" INTEGER NOT NULL,
    "a" INTEGER,
    "b" INTEGER,
    "u" INTEGER,
    "p" INTEGER,
    "c" INTEGER,
    PRIMARY KEY ("id"),
    UNIQUE ("b"),
    CONSTRAINT "c_ck" CHECK (c > 0),
    FOREIGN KEY ("u") REFERENCES "users" ("id") ON DELETE SET NULL,
    CONSTRAINT "t_p" FOREIGN KEY ("p") REFERENCES "posts" ("id")
    );
CREATE INDEX "ix_t_a" ON "t" ("a");
-- Alembic; flaskmig writes keys, then checks, then foreign keys, each on a line of its own
CREATE TABLE t (
    id INTEGER NOT NULL,
    a INTEGER,
    b INTEGER,
    u INTEGER,
    p INTEGER,
    c INTEGER CONSTRAINT c_ck CHECK (c > 0),
    PRIMARY KEY (id),
    UNIQUE (b),
    FOREIGN KEY(u) REFERENCES users (id) ON DELETE SET NULL,
    CONSTRAINT t_p FOREIGN KEY(p) REFERENCES posts (id)
    );
CREATE INDEX ix_t_a ON t (a);
-- Alembic with --sql; flaskmig writes keys, then checks, then foreign keys, each on a line of its own
CREATE TABLE t (
    id INTEGER NOT NULL,
    a INTEGER,
    b INTEGER,
    u INTEGER,
    p INTEGER,
    c INTEGER CONSTRAINT c_ck CHECK (c > 0),
    PRIMARY KEY (id),
    UNIQUE (b),
    FOREIGN KEY(u) REFERENCES users (id) ON DELETE SET NULL,
    CONSTRAINT t_p FOREIGN KEY(p) REFERENCES posts (id)
    );
CREATE INDEX ix_t_a ON t (a);

-- tables/create_table with constraints
CREATE TABLE "t" (
    "a" INTEGER NOT NULL,
    "b" INTEGER NOT NULL,
    CONSTRAINT "t_pk" PRIMARY KEY ("a", "b"),
    UNIQUE ("b"),
    CONSTRAINT "t_ck" CHECK (a > b),
    CONSTRAINT "t_fk" FOREIGN KEY ("a", "b") REFERENCES "other" ("a", "b") ON UPDATE CASCADE ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
    );
CREATE INDEX "t_ix" ON "t" ("a", "b");
-- Alembic; flaskmig writes keys, then checks, then foreign keys, each on a line of its own
CREATE TABLE t (
    a INTEGER NOT NULL,
    b INTEGER NOT NULL,
    CONSTRAINT t_pk PRIMARY KEY (a, b),
    CONSTRAINT t_fk FOREIGN KEY(a, b) REFERENCES other (a, b) ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT t_ck CHECK (a > b),
    UNIQUE (b)
    );
CREATE INDEX t_ix ON t (a, b);
-- Alembic with --sql; flaskmig writes keys, then checks, then foreign keys, each on a line of its own
CREATE TABLE t (
    a INTEGER NOT NULL,
    b INTEGER NOT NULL,
    CONSTRAINT t_pk PRIMARY KEY (a, b),
    CONSTRAINT t_fk FOREIGN KEY(a, b) REFERENCES other (a, b) ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT t_ck CHECK (a > b),
    UNIQUE (b)
    );
CREATE INDEX t_ix ON t (a, b);

-- tables/create_table referring to itself
CREATE TABLE "t" (
    "id" INTEGER NOT NULL,
    "up" INTEGER,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("up") REFERENCES "t" ("id")
    );

-- tables/create_table comment
CREATE TABLE "t" (
    "a" INTEGER
    );

-- tables/create_table if_not_exists
CREATE TABLE "t" (
    "a" INTEGER
    );
-- with --sql
CREATE TABLE IF NOT EXISTS "t" (
    "a" INTEGER
    );
CREATE TABLE IF NOT EXISTS "users" (
    "z" INTEGER
    );
-- Alembic; where flaskmig can look whether it is there, it looks, and sends no statement for nothing
CREATE TABLE IF NOT EXISTS t (
    a INTEGER
    );
CREATE TABLE IF NOT EXISTS users (
    z INTEGER
    );

-- tables/create_table mysql_
CREATE TABLE "t" (
    "a" INTEGER
    );

-- tables/create_table prefixes temporary
CREATE TEMPORARY TABLE t (
    a INTEGER
    );
INSERT INTO t VALUES (1);

-- tables/create_table sqlite_strict sqlite_with_rowid
CREATE TABLE "t" (
    "a" INTEGER NOT NULL,
    PRIMARY KEY ("a")
    ) STRICT, WITHOUT ROWID;
-- Alembic; the order of two words
CREATE TABLE t (
    a INTEGER NOT NULL,
    PRIMARY KEY (a)
    )
    WITHOUT ROWID,
    STRICT;
-- Alembic with --sql; the order of two words
CREATE TABLE t (
    a INTEGER NOT NULL,
    PRIMARY KEY (a)
    )
    WITHOUT ROWID,
    STRICT;

-- tables/create_table sqlite_autoincrement
CREATE TABLE "t" (
    "a" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT
    );

-- tables/create_table native enum
CREATE TABLE "t" (
    "a" VARCHAR(1)
    );
CREATE TABLE "v" (
    "a" VARCHAR(1)
    );

-- tables/create_table autoincrement=False
CREATE TABLE "t" (
    "a" INTEGER NOT NULL,
    "b" BIGINT,
    PRIMARY KEY ("a")
    );

-- tables/create_table boolean and enum checks
CREATE TABLE "t" (
    "a" BOOLEAN,
    "b" VARCHAR(1),
    "c" BOOLEAN,
    CONSTRAINT "a_ck" CHECK (a IN (0, 1)),
    CONSTRAINT "b_ck" CHECK (b IN ('x', 'y'))
    );

-- tables/create_table default text with percent and colon
CREATE TABLE "t" (
    "a" TEXT DEFAULT '100%:x',
    "b" TEXT DEFAULT '50%:y'
    );

-- tables/create_table returns the table
CREATE TABLE "t" (
    "a" INTEGER,
    "b" TEXT
    );
INSERT INTO t (a, b) VALUES (:a, :b);
UPDATE t SET b=:b WHERE t.a = 2;
-- with --sql
CREATE TABLE "t" (
    "a" INTEGER,
    "b" TEXT
    );
INSERT INTO t (a, b) VALUES (1, 'x');
INSERT INTO t (a, b) VALUES (2, 'it''s');
UPDATE t SET b='y' WHERE t.a = 2;

-- tables/create_table names that need quotes
CREATE TABLE "Order" (
    "select" INTEGER,
    "Mixed Case" INTEGER
    );
CREATE INDEX "ix_Order_Mixed Case" ON "Order" ("Mixed Case");

-- tables/drop_table
DROP TABLE "posts";

-- tables/drop_table by keyword
DROP TABLE "posts";

-- tables/drop_table other keywords
DROP TABLE "posts";

-- tables/drop_table if_exists
DROP TABLE "posts";
-- with --sql
DROP TABLE IF EXISTS "posts";
DROP TABLE IF EXISTS "nope";
-- Alembic; where flaskmig can look whether it is there, it looks, and sends no statement for nothing
DROP TABLE IF EXISTS posts;
DROP TABLE IF EXISTS nope;

-- tables/rename_table
ALTER TABLE "users" RENAME TO "people";

-- tables/rename_table by keyword
ALTER TABLE "users" RENAME TO "people";

-- tables/create_table_comment
-- Alembic: OperationalError: (sqlite3.OperationalError) near "COMMENT": syntax error
-- Alembic leaves another database: SQLite has no comments: Alembic sends one, which fails, and flaskmig sends none

-- tables/create_table_comment by keyword
-- Alembic: OperationalError: (sqlite3.OperationalError) near "COMMENT": syntax error
-- Alembic leaves another database: SQLite has no comments: Alembic sends one, which fails, and flaskmig sends none

-- tables/create_table from another table
CREATE TABLE "t" (
    "x" INTEGER,
    "y" INTEGER,
    CONSTRAINT "ux" UNIQUE ("x"),
    CONSTRAINT "cy" CHECK (y > 0)
    );
-- Alembic; flaskmig writes keys, then checks, then foreign keys, each on a line of its own
CREATE TABLE t (
    x INTEGER,
    y INTEGER,
    CONSTRAINT cy CHECK (y > 0),
    CONSTRAINT ux UNIQUE (x)
    );
-- Alembic with --sql; flaskmig writes keys, then checks, then foreign keys, each on a line of its own
CREATE TABLE t (
    x INTEGER,
    y INTEGER,
    CONSTRAINT cy CHECK (y > 0),
    CONSTRAINT ux UNIQUE (x)
    );

-- tables/create_table use_alter
CREATE TABLE "t" (
    "a" INTEGER,
    CONSTRAINT "fk" FOREIGN KEY ("a") REFERENCES "users" ("id")
    );

-- tables/rename_table that others refer to
ALTER TABLE "users" RENAME TO "people";
CREATE INDEX "ix" ON "people" ("name");
