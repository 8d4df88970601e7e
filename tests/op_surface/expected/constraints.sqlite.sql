-- constraints/create_primary_key
CREATE TABLE "_flaskmig_new_t" (
    "a" INTEGER NOT NULL,
    "b" INTEGER NOT NULL,
    CONSTRAINT "t_pk" PRIMARY KEY ("a", "b")
    );
INSERT INTO "_flaskmig_new_t" (rowid, "a", "b") SELECT rowid, "a", "b" FROM "t";
DROP TABLE "t";
ALTER TABLE "_flaskmig_new_t" RENAME TO "t";
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.

-- constraints/create_primary_key by keyword
CREATE TABLE "_flaskmig_new_t" (
    "a" INTEGER NOT NULL,
    "b" INTEGER NOT NULL,
    CONSTRAINT "t_pk" PRIMARY KEY ("a")
    );
INSERT INTO "_flaskmig_new_t" ("a", "b") SELECT "a", "b" FROM "t";
DROP TABLE "t";
ALTER TABLE "_flaskmig_new_t" RENAME TO "t";
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.

-- constraints/create_unique_constraint
CREATE TABLE "_flaskmig_new_users" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(40),
    "age" INTEGER DEFAULT '7',
    "mail" TEXT,
    CONSTRAINT "users_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "uq" UNIQUE ("name", "age")
    );
INSERT INTO "_flaskmig_new_users" ("id", "name", "age", "mail") SELECT "id", "name", "age", "mail" FROM "users";
DROP TABLE "users";
ALTER TABLE "_flaskmig_new_users" RENAME TO "users";
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.

-- constraints/create_unique_constraint by keyword
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

-- constraints/create_check_constraint
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

-- constraints/create_check_constraint text
CREATE TABLE "_flaskmig_new_users" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(40),
    "age" INTEGER DEFAULT '7',
    "mail" TEXT,
    CONSTRAINT "users_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "ck" CHECK (age > 0 AND name <> '%')
    );
INSERT INTO "_flaskmig_new_users" ("id", "name", "age", "mail") SELECT "id", "name", "age", "mail" FROM "users";
DROP TABLE "users";
ALTER TABLE "_flaskmig_new_users" RENAME TO "users";
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.

-- constraints/create_check_constraint expression
CREATE TABLE "_flaskmig_new_users" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(40),
    "age" INTEGER DEFAULT '7',
    "mail" TEXT,
    CONSTRAINT "users_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "ck" CHECK (age > 0 AND length(name) < 99)
    );
INSERT INTO "_flaskmig_new_users" ("id", "name", "age", "mail") SELECT "id", "name", "age", "mail" FROM "users";
DROP TABLE "users";
ALTER TABLE "_flaskmig_new_users" RENAME TO "users";
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.

-- constraints/create_check_constraint by keyword
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

-- constraints/create_check_constraint deferrable
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

-- constraints/create_foreign_key
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

-- constraints/create_foreign_key by keyword
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

-- constraints/create_foreign_key use_alter
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

-- constraints/create_foreign_key to itself
CREATE TABLE "_flaskmig_new_posts" (
    "id" INTEGER NOT NULL,
    "user_id" INTEGER,
    "n" INTEGER,
    CONSTRAINT "posts_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "fk" FOREIGN KEY ("user_id") REFERENCES "posts" ("id")
    );
INSERT INTO "_flaskmig_new_posts" ("id", "user_id", "n") SELECT "id", "user_id", "n" FROM "posts";
DROP TABLE "posts";
ALTER TABLE "_flaskmig_new_posts" RENAME TO "posts";
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.

-- constraints/drop_constraint unique
CREATE TABLE "_flaskmig_new_t" (
    "a" INTEGER NOT NULL,
    "u" INTEGER,
    CONSTRAINT "t_pk" PRIMARY KEY ("a"),
    CONSTRAINT "t_ck" CHECK (u > 0),
    CONSTRAINT "t_fk" FOREIGN KEY ("u") REFERENCES "users" ("id")
    );
INSERT INTO "_flaskmig_new_t" ("a", "u") SELECT "a", "u" FROM "t";
DROP TABLE "t";
ALTER TABLE "_flaskmig_new_t" RENAME TO "t";
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.

-- constraints/drop_constraint check
CREATE TABLE "_flaskmig_new_t" (
    "a" INTEGER NOT NULL,
    "u" INTEGER,
    CONSTRAINT "t_pk" PRIMARY KEY ("a"),
    CONSTRAINT "t_uq" UNIQUE ("u"),
    CONSTRAINT "t_fk" FOREIGN KEY ("u") REFERENCES "users" ("id")
    );
INSERT INTO "_flaskmig_new_t" ("a", "u") SELECT "a", "u" FROM "t";
DROP TABLE "t";
ALTER TABLE "_flaskmig_new_t" RENAME TO "t";
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.

-- constraints/drop_constraint foreignkey
CREATE TABLE "_flaskmig_new_t" (
    "a" INTEGER NOT NULL,
    "u" INTEGER,
    CONSTRAINT "t_pk" PRIMARY KEY ("a"),
    CONSTRAINT "t_uq" UNIQUE ("u"),
    CONSTRAINT "t_ck" CHECK (u > 0)
    );
INSERT INTO "_flaskmig_new_t" ("a", "u") SELECT "a", "u" FROM "t";
DROP TABLE "t";
ALTER TABLE "_flaskmig_new_t" RENAME TO "t";
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.

-- constraints/drop_constraint primary
CREATE TABLE "_flaskmig_new_t" (
    "a" INTEGER NOT NULL,
    "u" INTEGER,
    CONSTRAINT "t_uq" UNIQUE ("u"),
    CONSTRAINT "t_ck" CHECK (u > 0),
    CONSTRAINT "t_fk" FOREIGN KEY ("u") REFERENCES "users" ("id")
    );
INSERT INTO "_flaskmig_new_t" (rowid, "a", "u") SELECT rowid, "a", "u" FROM "t";
DROP TABLE "t";
ALTER TABLE "_flaskmig_new_t" RENAME TO "t";
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.

-- constraints/drop_constraint without a kind
CREATE TABLE "_flaskmig_new_t" (
    "a" INTEGER NOT NULL,
    "u" INTEGER,
    CONSTRAINT "t_pk" PRIMARY KEY ("a"),
    CONSTRAINT "t_fk" FOREIGN KEY ("u") REFERENCES "users" ("id")
    );
INSERT INTO "_flaskmig_new_t" ("a", "u") SELECT "a", "u" FROM "t";
DROP TABLE "t";
ALTER TABLE "_flaskmig_new_t" RENAME TO "t";
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.

-- constraints/drop_constraint by keyword
CREATE TABLE "_flaskmig_new_t" (
    "a" INTEGER NOT NULL,
    "u" INTEGER,
    CONSTRAINT "t_pk" PRIMARY KEY ("a"),
    CONSTRAINT "t_ck" CHECK (u > 0),
    CONSTRAINT "t_fk" FOREIGN KEY ("u") REFERENCES "users" ("id")
    );
INSERT INTO "_flaskmig_new_t" ("a", "u") SELECT "a", "u" FROM "t";
DROP TABLE "t";
ALTER TABLE "_flaskmig_new_t" RENAME TO "t";
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.

-- constraints/drop_constraint if_exists
CREATE TABLE "_flaskmig_new_t" (
    "a" INTEGER NOT NULL,
    "u" INTEGER,
    CONSTRAINT "t_pk" PRIMARY KEY ("a"),
    CONSTRAINT "t_ck" CHECK (u > 0),
    CONSTRAINT "t_fk" FOREIGN KEY ("u") REFERENCES "users" ("id")
    );
INSERT INTO "_flaskmig_new_t" ("a", "u") SELECT "a", "u" FROM "t";
DROP TABLE "t";
ALTER TABLE "_flaskmig_new_t" RENAME TO "t";
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
