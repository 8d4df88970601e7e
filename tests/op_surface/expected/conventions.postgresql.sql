-- conventions/create_table names what has no name
CREATE TABLE "t" (
    "id" SERIAL NOT NULL,
    "a" integer,
    "b" integer,
    "u" integer,
    "e" character varying(1),
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
    id SERIAL NOT NULL,
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
    id SERIAL NOT NULL,
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
    "a" SERIAL NOT NULL,
    CONSTRAINT "mine" PRIMARY KEY ("a"),
    CONSTRAINT "positive" CHECK (a > 0)
    );
-- Alembic; PostgreSQL makes one index of a primary key and a UNIQUE on its columns; flaskmig knows
CREATE TABLE t (
    a SERIAL NOT NULL,
    CONSTRAINT mine PRIMARY KEY (a),
    CONSTRAINT positive CHECK (a > 0),
    CONSTRAINT given UNIQUE (a)
    );
-- Alembic with --sql; PostgreSQL makes one index of a primary key and a UNIQUE on its columns; flaskmig knows
CREATE TABLE t (
    a SERIAL NOT NULL,
    CONSTRAINT mine PRIMARY KEY (a),
    CONSTRAINT positive CHECK (a > 0),
    CONSTRAINT given UNIQUE (a)
    );

-- conventions/create_table PrimaryKeyConstraint without a name
CREATE TABLE "t" (
    "a" SERIAL NOT NULL,
    CONSTRAINT "pk_t" PRIMARY KEY ("a")
    );

-- conventions/create_table tokens
CREATE TABLE "t" (
    "a" integer NOT NULL,
    CONSTRAINT "one" PRIMARY KEY ("a"),
    CONSTRAINT "f_three" FOREIGN KEY ("a") REFERENCES "users" ("id")
    );
CREATE INDEX "i_t_four" ON "t" ("a");
-- Alembic; PostgreSQL makes one index of a primary key and a UNIQUE on its columns; flaskmig knows
CREATE TABLE t (
    a INTEGER NOT NULL,
    CONSTRAINT one PRIMARY KEY (a),
    CONSTRAINT u_two UNIQUE (a),
    CONSTRAINT f_three FOREIGN KEY(a) REFERENCES users (id)
    );
CREATE INDEX i_t_four ON t (a);
-- Alembic with --sql; PostgreSQL makes one index of a primary key and a UNIQUE on its columns; flaskmig knows
CREATE TABLE t (
    a INTEGER NOT NULL,
    CONSTRAINT one PRIMARY KEY (a),
    CONSTRAINT u_two UNIQUE (a),
    CONSTRAINT f_three FOREIGN KEY(a) REFERENCES users (id)
    );
CREATE INDEX i_t_four ON t (a);

-- conventions/constraints without a name
ALTER TABLE "users" ADD CONSTRAINT "uq_users_name" UNIQUE ("name");
ALTER TABLE "posts" ADD CONSTRAINT "fk_posts_user_id_users" FOREIGN KEY ("user_id") REFERENCES "users" ("id");
ALTER TABLE "users" ADD CONSTRAINT "ck_users_positive" CHECK (age > 0);
CREATE INDEX "ix_users_age" ON "users" ("age");

-- conventions/create_foreign_key to itself
ALTER TABLE "posts" ADD CONSTRAINT "fk_posts_user_id_posts" FOREIGN KEY ("user_id") REFERENCES "posts" ("id");

-- conventions/create_primary_key without a name
ALTER TABLE "s" ADD CONSTRAINT "pk_s" PRIMARY KEY ("a");

-- conventions/add_column
ALTER TABLE "posts" ADD COLUMN "boss" integer;
ALTER TABLE "posts" ADD CONSTRAINT "fk_posts_boss_users" FOREIGN KEY ("boss") REFERENCES "users" ("id");
CREATE INDEX "ix_posts_boss" ON "posts" ("boss");
ALTER TABLE "posts" ADD COLUMN "code" integer;
ALTER TABLE "posts" ADD CONSTRAINT "uq_posts_code" UNIQUE ("code");

-- conventions/drop_constraint by tokens
ALTER TABLE "users" DROP CONSTRAINT "ck_users_positive";
ALTER TABLE "users" DROP CONSTRAINT "other";

-- conventions/drop_constraint without a kind
ALTER TABLE "users" DROP CONSTRAINT "ck_users_positive";

-- conventions/drop_constraint the key without a name
ALTER TABLE "s" DROP CONSTRAINT "pk_s";

-- conventions/drop_index by tokens
DROP INDEX "i_users_one";
DROP INDEX "two";

-- conventions/alter_column type_ with a check
ALTER TABLE "users" ADD CONSTRAINT "ck_users_names" CHECK (name IN ('ann', 'bob'));
-- Alembic; the type does not change, so flaskmig does not set it again
ALTER TABLE users ALTER COLUMN name TYPE VARCHAR(40);
ALTER TABLE users ADD CONSTRAINT ck_users_names CHECK (name IN ('ann', 'bob'));
-- Alembic with --sql; the type does not change, so flaskmig does not set it again
ALTER TABLE users ALTER COLUMN name TYPE VARCHAR(40);
ALTER TABLE users ADD CONSTRAINT ck_users_names CHECK (name IN ('ann', 'bob'));
