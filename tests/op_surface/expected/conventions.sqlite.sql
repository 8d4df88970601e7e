-- conventions/create_table names what has no name
CREATE TABLE "t" (
    "id" INTEGER NOT NULL,
    "a" INTEGER,
    "b" INTEGER,
    "u" INTEGER,
    "e" VARCHAR(1),
    CONSTRAINT "pk_t" PRIMARY KEY ("id"),
    CONSTRAINT "uq_t_a" UNIQUE ("a", "b"),
    CONSTRAINT "uq_t_b" UNIQUE ("b"),
    CONSTRAINT "ck_t_letters" CHECK (e IN ('x', 'y')),
    CONSTRAINT "ck_t_positive" CHECK (a > 0),
    CONSTRAINT "fk_t_u_users" FOREIGN KEY ("u") REFERENCES "users" ("id")
    );
CREATE INDEX "ix_t_a" ON "t" ("a");
-- Alembic; flaskmig writes keys, then checks, then foreign keys, each on a line of its own
CREATE TABLE t (
    id INTEGER NOT NULL,
    a INTEGER,
    b INTEGER,
    u INTEGER,
    e VARCHAR(1),
    CONSTRAINT pk_t PRIMARY KEY (id),
    CONSTRAINT ck_t_positive CHECK (a > 0),
    CONSTRAINT uq_t_a UNIQUE (a, b),
    CONSTRAINT uq_t_b UNIQUE (b),
    CONSTRAINT fk_t_u_users FOREIGN KEY(u) REFERENCES users (id),
    CONSTRAINT ck_t_letters CHECK (e IN ('x', 'y'))
    );
CREATE INDEX ix_t_a ON t (a);
-- Alembic with --sql; flaskmig writes keys, then checks, then foreign keys, each on a line of its own
CREATE TABLE t (
    id INTEGER NOT NULL,
    a INTEGER,
    b INTEGER,
    u INTEGER,
    e VARCHAR(1),
    CONSTRAINT pk_t PRIMARY KEY (id),
    CONSTRAINT ck_t_positive CHECK (a > 0),
    CONSTRAINT uq_t_a UNIQUE (a, b),
    CONSTRAINT uq_t_b UNIQUE (b),
    CONSTRAINT fk_t_u_users FOREIGN KEY(u) REFERENCES users (id),
    CONSTRAINT ck_t_letters CHECK (e IN ('x', 'y'))
    );
CREATE INDEX ix_t_a ON t (a);

-- conventions/create_table op.f
CREATE TABLE "t" (
    "a" INTEGER NOT NULL,
    CONSTRAINT "mine" PRIMARY KEY ("a"),
    CONSTRAINT "given" UNIQUE ("a"),
    CONSTRAINT "positive" CHECK (a > 0)
    );
-- Alembic; flaskmig writes keys, then checks, then foreign keys, each on a line of its own
CREATE TABLE t (
    a INTEGER NOT NULL,
    CONSTRAINT mine PRIMARY KEY (a),
    CONSTRAINT positive CHECK (a > 0),
    CONSTRAINT given UNIQUE (a)
    );
-- Alembic with --sql; flaskmig writes keys, then checks, then foreign keys, each on a line of its own
CREATE TABLE t (
    a INTEGER NOT NULL,
    CONSTRAINT mine PRIMARY KEY (a),
    CONSTRAINT positive CHECK (a > 0),
    CONSTRAINT given UNIQUE (a)
    );

-- conventions/create_table PrimaryKeyConstraint without a name
CREATE TABLE "t" (
    "a" INTEGER NOT NULL,
    CONSTRAINT "pk_t" PRIMARY KEY ("a")
    );

-- conventions/create_table tokens
CREATE TABLE "t" (
    "a" INTEGER NOT NULL,
    CONSTRAINT "one" PRIMARY KEY ("a"),
    CONSTRAINT "u_two" UNIQUE ("a"),
    CONSTRAINT "f_three" FOREIGN KEY ("a") REFERENCES "users" ("id")
    );
CREATE INDEX "i_t_four" ON "t" ("a");

-- conventions/constraints without a name
CREATE TABLE "_flaskmig_new_users" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(40),
    "age" INTEGER DEFAULT '7',
    "mail" TEXT,
    CONSTRAINT "users_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "uq_users_name" UNIQUE ("name")
    );
INSERT INTO "_flaskmig_new_users" ("id", "name", "age", "mail") SELECT "id", "name", "age", "mail" FROM "users";
DROP TABLE "users";
ALTER TABLE "_flaskmig_new_users" RENAME TO "users";
CREATE TABLE "_flaskmig_new_posts" (
    "id" INTEGER NOT NULL,
    "user_id" INTEGER,
    "n" INTEGER,
    CONSTRAINT "posts_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "fk_posts_user_id_users" FOREIGN KEY ("user_id") REFERENCES "users" ("id")
    );
INSERT INTO "_flaskmig_new_posts" ("id", "user_id", "n") SELECT "id", "user_id", "n" FROM "posts";
DROP TABLE "posts";
ALTER TABLE "_flaskmig_new_posts" RENAME TO "posts";
CREATE TABLE "_flaskmig_new_users" (
    "id" INTEGER NOT NULL,
    "name" VARCHAR(40),
    "age" INTEGER DEFAULT '7',
    "mail" TEXT,
    CONSTRAINT "users_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "uq_users_name" UNIQUE ("name"),
    CONSTRAINT "ck_users_positive" CHECK (age > 0)
    );
INSERT INTO "_flaskmig_new_users" ("id", "name", "age", "mail") SELECT "id", "name", "age", "mail" FROM "users";
DROP TABLE "users";
ALTER TABLE "_flaskmig_new_users" RENAME TO "users";
CREATE INDEX "ix_users_age" ON "users" ("age");
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.

-- conventions/create_foreign_key to itself
CREATE TABLE "_flaskmig_new_posts" (
    "id" INTEGER NOT NULL,
    "user_id" INTEGER,
    "n" INTEGER,
    CONSTRAINT "posts_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "fk_posts_user_id_posts" FOREIGN KEY ("user_id") REFERENCES "posts" ("id")
    );
INSERT INTO "_flaskmig_new_posts" ("id", "user_id", "n") SELECT "id", "user_id", "n" FROM "posts";
DROP TABLE "posts";
ALTER TABLE "_flaskmig_new_posts" RENAME TO "posts";
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.

-- conventions/create_primary_key without a name
CREATE TABLE "_flaskmig_new_s" (
    "a" INTEGER NOT NULL,
    CONSTRAINT "pk_s" PRIMARY KEY ("a")
    );
INSERT INTO "_flaskmig_new_s" ("a") SELECT "a" FROM "s";
DROP TABLE "s";
ALTER TABLE "_flaskmig_new_s" RENAME TO "s";
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.

-- conventions/constraints by tokens
CREATE TABLE "_flaskmig_new_t" (
    "a" INTEGER NOT NULL,
    "b" INTEGER,
    CONSTRAINT "t_pk" PRIMARY KEY ("a"),
    CONSTRAINT "five" UNIQUE ("a", "b"),
    CONSTRAINT "u_one" UNIQUE ("b"),
    CONSTRAINT "f_two" FOREIGN KEY ("b") REFERENCES "users" ("id")
    );
INSERT INTO "_flaskmig_new_t" ("a", "b") SELECT "a", "b" FROM "t";
DROP TABLE "t";
ALTER TABLE "_flaskmig_new_t" RENAME TO "t";
CREATE INDEX "i_t_four" ON "t" (lower(b));
CREATE INDEX "i_t_three" ON "t" ("b");
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic leaves another database: Alembic's rebuild loses an index on an expression

-- conventions/add_column
CREATE TABLE "_flaskmig_new_posts" (
    "id" INTEGER NOT NULL,
    "user_id" INTEGER,
    "n" INTEGER,
    "boss" INTEGER,
    "code" INTEGER,
    CONSTRAINT "posts_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "uq_posts_code" UNIQUE ("code"),
    CONSTRAINT "fk_posts_boss_users" FOREIGN KEY ("boss") REFERENCES "users" ("id")
    );
INSERT INTO "_flaskmig_new_posts" ("id", "user_id", "n") SELECT "id", "user_id", "n" FROM "posts";
DROP TABLE "posts";
ALTER TABLE "_flaskmig_new_posts" RENAME TO "posts";
CREATE INDEX "ix_posts_boss" ON "posts" ("boss");
-- Alembic: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic with --sql: NotImplementedError: No support for ALTER of constraints in SQLite dialect. Please refer to the batch mode feature which allows for SQLite migrations using a copy-and-move strategy.
-- Alembic leaves another database: Alembic's rebuild makes an index twice, once named after its temporary table

-- conventions/drop_index by tokens
DROP INDEX "i_users_one";
DROP INDEX "two";
