-- tables/create_table
CREATE TABLE "t" (
    "id" SERIAL NOT NULL,
    "name" character varying(9) DEFAULT 'x' NOT NULL,
    "at" timestamp without time zone DEFAULT now(),
    PRIMARY KEY ("id"),
    CONSTRAINT "t_name" UNIQUE ("name")
    );

-- tables/create_table by keyword
CREATE TABLE "t" ();

-- tables/create_table with columns' own words
CREATE TABLE "t" (
    "id" SERIAL NOT NULL,
    "a" integer,
    "b" integer,
    "u" integer,
    "p" integer,
    "c" integer,
    PRIMARY KEY ("id"),
    UNIQUE ("b"),
    CONSTRAINT "c_ck" CHECK (c > 0),
    FOREIGN KEY ("u") REFERENCES "users" ("id") ON DELETE SET NULL,
    CONSTRAINT "t_p" FOREIGN KEY ("p") REFERENCES "posts" ("id")
    );
CREATE INDEX "ix_t_a" ON "t" ("a");
-- Alembic; flaskmig writes keys, then checks, then foreign keys, each on a line of its own
CREATE TABLE t (
    id SERIAL NOT NULL,
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
    id SERIAL NOT NULL,
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
    "a" integer NOT NULL,
    "b" integer NOT NULL,
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
    "id" SERIAL NOT NULL,
    "up" integer,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("up") REFERENCES "t" ("id")
    );

-- tables/create_table schema
CREATE TABLE "s1"."t" (
    "id" SERIAL NOT NULL,
    "u" integer,
    PRIMARY KEY ("id"),
    FOREIGN KEY ("u") REFERENCES "users" ("id")
    );
CREATE TABLE "s1"."v" (
    "t" integer,
    FOREIGN KEY ("t") REFERENCES "s1"."t" ("id")
    );

-- tables/create_table comment
CREATE TABLE "t" (
    "a" integer
    );
COMMENT ON TABLE "t" IS 'it''s t';
COMMENT ON COLUMN "t"."a" IS 'an ''a''';

-- tables/create_table if_not_exists
CREATE TABLE "t" (
    "a" integer
    );
-- with --sql
CREATE TABLE IF NOT EXISTS "t" (
    "a" integer
    );
CREATE TABLE IF NOT EXISTS "users" (
    "z" integer
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
    "a" integer
    );

-- tables/create_table prefixes
CREATE UNLOGGED TABLE "t" (
    "a" integer
    );

-- tables/create_table prefixes temporary
CREATE TEMPORARY TABLE t (
    a INTEGER
    );
INSERT INTO t VALUES (1);

-- tables/create_table postgresql_with and tablespace
CREATE TABLE "t" (
    "a" integer
    ) WITH ("fillfactor" = 70);

-- tables/create_table postgresql_partition_by
CREATE TABLE "t" (
    "a" integer
    ) PARTITION BY RANGE (a);

-- tables/create_table postgresql_inherits
CREATE TABLE t (
    a INTEGER
    )
    INHERITS (users);

-- tables/create_table postgresql_using
CREATE TABLE t (
    a INTEGER
    )
    USING heap;

-- tables/create_table postgresql_on_commit
CREATE TEMPORARY TABLE t (
    a INTEGER
    )
    ON COMMIT DROP;

-- tables/create_table native enum
CREATE TYPE "mood" AS ENUM ('x', 'y');
CREATE TABLE "t" (
    "a" mood
    );
CREATE TABLE "v" (
    "a" mood
    );

-- tables/create_table postgresql.ENUM create_type=False
CREATE TABLE "t" (
    "a" mood
    );

-- tables/create_table native enum made by SQL
CREATE TABLE "t" (
    "a" mood,
    "b" feel
    );

-- tables/create_table enum in an array
CREATE TYPE "mood" AS ENUM ('x', 'y');
CREATE TABLE "t" (
    "a" mood[]
    );

-- tables/create_table enum in a schema
CREATE TYPE "s1"."mood" AS ENUM ('x', 'y');
CREATE TABLE "t" (
    "a" s1.mood
    );

-- tables/create_table sequence
CREATE TABLE "t" (
    "a" integer DEFAULT 1,
    "b" BIGSERIAL NOT NULL,
    PRIMARY KEY ("b")
    );

-- tables/create_table autoincrement=False
CREATE TABLE "t" (
    "a" integer NOT NULL,
    "b" bigint,
    PRIMARY KEY ("a")
    );

-- tables/create_table boolean and enum checks
CREATE TABLE "t" (
    "a" boolean,
    "b" character varying(1),
    "c" boolean,
    CONSTRAINT "b_ck" CHECK (b IN ('x', 'y'))
    );

-- tables/create_table identity and computed
CREATE TABLE "t" (
    "a" integer GENERATED ALWAYS AS IDENTITY NOT NULL,
    "b" integer GENERATED ALWAYS AS (a + 1) STORED
    );
-- Alembic; an identity column is NOT NULL in any case, and flaskmig says so
CREATE TABLE t (
    a INTEGER GENERATED ALWAYS AS IDENTITY,
    b INTEGER GENERATED ALWAYS AS (a + 1) STORED
    );
-- Alembic with --sql; an identity column is NOT NULL in any case, and flaskmig says so
CREATE TABLE t (
    a INTEGER GENERATED ALWAYS AS IDENTITY,
    b INTEGER GENERATED ALWAYS AS (a + 1) STORED
    );

-- tables/create_table exclude constraint
CREATE TABLE "t" (
    "a" integer,
    CONSTRAINT "ex" EXCLUDE USING btree ("a" WITH =)
    );

-- tables/create_table types
CREATE TABLE "t" (
    "a" uuid DEFAULT gen_random_uuid(),
    "b" jsonb DEFAULT '{}',
    "c" text[],
    "d" timestamp(3) with time zone,
    "e" numeric(10,2),
    "f" bytea,
    "g" inet,
    "h" double precision,
    "i" text COLLATE "C",
    "j" interval,
    "k" tsvector,
    "l" character varying(3)
    );

-- tables/create_table default text with percent and colon
CREATE TABLE "t" (
    "a" text DEFAULT '100%:x',
    "b" text DEFAULT '50%:y'
    );

-- tables/create_table returns the table
CREATE TABLE "t" (
    "a" integer,
    "b" text
    );
INSERT INTO t (a, b) VALUES (:a, :b);
UPDATE t SET b=:b WHERE t.a = 2;
-- with --sql
CREATE TABLE "t" (
    "a" integer,
    "b" text
    );
INSERT INTO t (a, b) VALUES (1, 'x');
INSERT INTO t (a, b) VALUES (2, 'it''s');
UPDATE t SET b='y' WHERE t.a = 2;

-- tables/create_table names that need quotes
CREATE TABLE "Order" (
    "select" integer,
    "Mixed Case" integer
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

-- tables/drop_table schema
DROP TABLE "s1"."t";

-- tables/drop_table with its enum
DROP TABLE "t";

-- tables/rename_table
ALTER TABLE "users" RENAME TO "people";

-- tables/rename_table by keyword
ALTER TABLE "users" RENAME TO "people";

-- tables/rename_table schema
ALTER TABLE "s1"."t" RENAME TO "u";

-- tables/create_table_comment
COMMENT ON TABLE "users" IS 'it''s users';

-- tables/create_table_comment existing_comment schema
COMMENT ON TABLE "s1"."t" IS 'new';

-- tables/create_table_comment by keyword
COMMENT ON TABLE "users" IS 'x';

-- tables/drop_table_comment
COMMENT ON TABLE "users" IS NULL;

-- tables/create_table from another table
CREATE TABLE "t" (
    "x" integer,
    "y" integer,
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
    "a" integer
    );

-- tables/create_table sequence made by SQL
CREATE SEQUENCE s;
CREATE TABLE "t" (
    "a" integer DEFAULT nextval('s')
    );

-- tables/create_table Sequence default
CREATE TABLE "t" (
    "a" integer NOT NULL,
    PRIMARY KEY ("a")
    );

-- tables/rename_table that others refer to
ALTER TABLE "users" RENAME TO "people";
CREATE INDEX "ix" ON "people" ("name");
