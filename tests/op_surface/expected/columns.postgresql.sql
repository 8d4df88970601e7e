-- columns/add_column
ALTER TABLE "users" ADD COLUMN "x" character varying(9);

-- columns/add_column by keyword
ALTER TABLE "users" ADD COLUMN "x" integer;

-- columns/add_column with a default
ALTER TABLE "users" ADD COLUMN "x" integer DEFAULT '1' NOT NULL;

-- columns/add_column with a default expression
ALTER TABLE "users" ADD COLUMN "x" integer DEFAULT 1 + 1;

-- columns/add_column with a foreign key
ALTER TABLE "posts" ADD COLUMN "boss" integer;
ALTER TABLE "posts" ADD CONSTRAINT "boss_fk" FOREIGN KEY ("boss") REFERENCES "users" ("id") ON DELETE CASCADE;

-- columns/add_column inline_references
ALTER TABLE "posts" ADD COLUMN "boss" integer;
ALTER TABLE "posts" ADD FOREIGN KEY ("boss") REFERENCES "users" ("id") ON DELETE CASCADE;
-- Alembic; flaskmig adds the column and then the constraint, as it does for all of them
ALTER TABLE posts ADD COLUMN boss INTEGER REFERENCES users (id) ON DELETE CASCADE;
-- Alembic with --sql; flaskmig adds the column and then the constraint, as it does for all of them
ALTER TABLE posts ADD COLUMN boss INTEGER REFERENCES users (id) ON DELETE CASCADE;

-- columns/add_column inline_primary_key
ALTER TABLE "bare" ADD COLUMN "id" SERIAL NOT NULL;
ALTER TABLE "bare" ADD PRIMARY KEY ("id");
-- Alembic; flaskmig adds the column and then the constraint, as it does for all of them
ALTER TABLE bare ADD COLUMN id SERIAL NOT NULL PRIMARY KEY;
-- Alembic with --sql; flaskmig adds the column and then the constraint, as it does for all of them
ALTER TABLE bare ADD COLUMN id SERIAL NOT NULL PRIMARY KEY;

-- columns/add_column primary_key
ALTER TABLE "bare" ADD COLUMN "id" SERIAL NOT NULL;

-- columns/add_column with unique and index
ALTER TABLE "users" ADD COLUMN "x" integer;
CREATE INDEX "ix_users_x" ON "users" ("x");
ALTER TABLE "posts" ADD COLUMN "y" integer;
ALTER TABLE "posts" ADD UNIQUE ("y");

-- columns/add_column with a check
ALTER TABLE "users" ADD COLUMN "x" integer;
ALTER TABLE "users" ADD CONSTRAINT "positive" CHECK (x > 0);
-- Alembic; flaskmig adds the column and then the constraint, as it does for all of them
ALTER TABLE users ADD COLUMN x INTEGER CONSTRAINT positive CHECK (x > 0);
-- Alembic with --sql; flaskmig adds the column and then the constraint, as it does for all of them
ALTER TABLE users ADD COLUMN x INTEGER CONSTRAINT positive CHECK (x > 0);

-- columns/add_column with a comment
ALTER TABLE "users" ADD COLUMN "x" integer;
COMMENT ON COLUMN "users"."x" IS 'it''s x';

-- columns/add_column if_not_exists
ALTER TABLE "users" ADD COLUMN "x" integer;
-- with --sql
ALTER TABLE "users" ADD COLUMN IF NOT EXISTS "x" integer;
-- Alembic; where flaskmig can look whether it is there, it looks, and sends no statement for nothing
ALTER TABLE users ADD COLUMN IF NOT EXISTS x INTEGER;

-- columns/add_column if_not_exists that is there
-- with --sql
ALTER TABLE "users" ADD COLUMN IF NOT EXISTS "name" text;
-- Alembic; where flaskmig can look whether it is there, it looks, and sends no statement for nothing
ALTER TABLE users ADD COLUMN IF NOT EXISTS name TEXT;

-- columns/add_column schema
ALTER TABLE "s1"."t" ADD COLUMN "b" integer;
CREATE INDEX "ix_s1_t_b" ON "s1"."t" ("b");

-- columns/add_column identity
ALTER TABLE "users" ADD COLUMN "x" bigint GENERATED ALWAYS AS IDENTITY (START WITH 7) NOT NULL;
-- Alembic; an identity column is NOT NULL in any case, and flaskmig says so
ALTER TABLE users ADD COLUMN x BIGINT GENERATED ALWAYS AS IDENTITY (START WITH 7);
-- Alembic with --sql; an identity column is NOT NULL in any case, and flaskmig says so
ALTER TABLE users ADD COLUMN x BIGINT GENERATED ALWAYS AS IDENTITY (START WITH 7);

-- columns/add_column computed
ALTER TABLE "users" ADD COLUMN "x" integer GENERATED ALWAYS AS (age * 2) STORED;

-- columns/add_column native enum that is there
ALTER TABLE "users" ADD COLUMN "x" mood;

-- columns/add_column postgresql.ENUM create_type=False
ALTER TABLE "users" ADD COLUMN "x" mood;

-- columns/add_column enum with a check
ALTER TABLE "users" ADD COLUMN "x" character varying(1);
ALTER TABLE "users" ADD CONSTRAINT "mood_ck" CHECK (x IN ('a', 'b'));

-- columns/add_column boolean with a check
ALTER TABLE "users" ADD COLUMN "x" boolean;

-- columns/drop_column
ALTER TABLE "users" DROP COLUMN "age";

-- columns/drop_column by keyword
ALTER TABLE "users" DROP COLUMN "age";

-- columns/drop_column mssql_drop_default
ALTER TABLE "users" DROP COLUMN "age";

-- columns/drop_column if_exists
ALTER TABLE "users" DROP COLUMN "age";
-- with --sql
ALTER TABLE "users" DROP COLUMN IF EXISTS "age";
-- Alembic; where flaskmig can look whether it is there, it looks, and sends no statement for nothing
ALTER TABLE users DROP COLUMN IF EXISTS age;

-- columns/drop_column if_exists that is not there
-- with --sql
ALTER TABLE "users" DROP COLUMN IF EXISTS "nope";
-- Alembic; where flaskmig can look whether it is there, it looks, and sends no statement for nothing
ALTER TABLE users DROP COLUMN IF EXISTS nope;

-- columns/drop_column schema
ALTER TABLE "s1"."t" DROP COLUMN "b";

-- columns/alter_column nullable=False
ALTER TABLE "users" ALTER COLUMN "age" SET NOT NULL;

-- columns/alter_column nullable=True
ALTER TABLE "t" ALTER COLUMN "a" DROP NOT NULL;

-- columns/alter_column by keyword
ALTER TABLE "users" ALTER COLUMN "age" SET NOT NULL;

-- columns/alter_column type_
ALTER TABLE "users" ALTER COLUMN "name" TYPE text;

-- columns/alter_column type_ as a class
ALTER TABLE "users" ALTER COLUMN "name" TYPE text;

-- columns/alter_column postgresql_using
ALTER TABLE "users" ALTER COLUMN "name" TYPE integer USING name::integer + 1;

-- columns/alter_column type_ with its check
ALTER TABLE "t" DROP CONSTRAINT "a_ck";
ALTER TABLE "t" ADD CONSTRAINT "a_ck" CHECK (a IN ('x', 'y', 'z'));
-- Alembic; the type does not change, so flaskmig does not set it again
ALTER TABLE t DROP CONSTRAINT a_ck;
ALTER TABLE t ALTER COLUMN a TYPE VARCHAR(20);
ALTER TABLE t ADD CONSTRAINT a_ck CHECK (a IN ('x', 'y', 'z'));
-- Alembic with --sql; the type does not change, so flaskmig does not set it again
ALTER TABLE t DROP CONSTRAINT a_ck;
ALTER TABLE t ALTER COLUMN a TYPE VARCHAR(20);
ALTER TABLE t ADD CONSTRAINT a_ck CHECK (a IN ('x', 'y', 'z'));

-- columns/alter_column server_default
ALTER TABLE "users" ALTER COLUMN "age" SET DEFAULT '8';

-- columns/alter_column server_default=None
ALTER TABLE "users" ALTER COLUMN "age" DROP DEFAULT;

-- columns/alter_column server_default expression
ALTER TABLE "users" ALTER COLUMN "mail" SET DEFAULT 'a' || 'b';

-- columns/alter_column server_default now()
ALTER TABLE "users" ADD COLUMN "at" timestamp without time zone;
ALTER TABLE "users" ALTER COLUMN "at" SET DEFAULT now();

-- columns/alter_column server_default identity
DO $do$ BEGIN EXECUTE 'ALTER TABLE "users" ALTER COLUMN "id" DROP DEFAULT'; EXECUTE 'DROP SEQUENCE ' || pg_get_serial_sequence('"users"', 'id'); END $do$;
ALTER TABLE "users" ALTER COLUMN "id" ADD GENERATED BY DEFAULT AS IDENTITY (START WITH 5);
-- Alembic: OperationalError: (psycopg.errors.ObjectNotInPrerequisiteState) column "id" of relation "users" already has a default value
-- Alembic leaves another database: Alembic cannot make an identity of a SERIAL column: PostgreSQL wants its default gone first

-- columns/alter_column server_default identity dropped
ALTER TABLE "t" ALTER COLUMN "a" DROP IDENTITY;

-- columns/alter_column server_default identity changed
ALTER TABLE "t" ALTER COLUMN "a" SET GENERATED ALWAYS SET START WITH 9;

-- columns/alter_column new_column_name
ALTER TABLE "users" RENAME COLUMN "name" TO "full_name";
-- Alembic; flaskmig writes the word COLUMN, which PostgreSQL allows to leave out
ALTER TABLE users RENAME name TO full_name;
-- Alembic with --sql; flaskmig writes the word COLUMN, which PostgreSQL allows to leave out
ALTER TABLE users RENAME name TO full_name;

-- columns/alter_column comment
COMMENT ON COLUMN "users"."name" IS 'it''s a name';

-- columns/alter_column comment=None
COMMENT ON COLUMN "users"."name" IS NULL;

-- columns/alter_column everything
ALTER TABLE "users"
    ALTER COLUMN "name" TYPE character varying(80),
    ALTER COLUMN "name" SET DEFAULT 'y',
    ALTER COLUMN "name" SET NOT NULL;
ALTER TABLE "users" RENAME COLUMN "name" TO "full_name";
-- Alembic; flaskmig sends the changes of one column, or table, as one ALTER TABLE
ALTER TABLE users ALTER COLUMN name TYPE VARCHAR(80);
ALTER TABLE users ALTER COLUMN name SET NOT NULL;
ALTER TABLE users ALTER COLUMN name SET DEFAULT 'y';
ALTER TABLE users RENAME name TO full_name;
-- Alembic with --sql; flaskmig sends the changes of one column, or table, as one ALTER TABLE
ALTER TABLE users ALTER COLUMN name TYPE VARCHAR(80);
ALTER TABLE users ALTER COLUMN name SET NOT NULL;
ALTER TABLE users ALTER COLUMN name SET DEFAULT 'y';
ALTER TABLE users RENAME name TO full_name;

-- columns/alter_column nothing

-- columns/alter_column mysql_ and mssql_
ALTER TABLE "users" ALTER COLUMN "age" SET NOT NULL;

-- columns/alter_column typing errors
ALTER TABLE "users" ALTER COLUMN "age" SET NOT NULL;

-- columns/alter_column autoincrement
ALTER TABLE "users" ALTER COLUMN "age" SET NOT NULL;

-- columns/alter_column schema
ALTER TABLE "s1"."t"
    ALTER COLUMN "a" TYPE bigint,
    ALTER COLUMN "a" SET NOT NULL;
ALTER TABLE "s1"."t" RENAME COLUMN "a" TO "b";
-- Alembic; flaskmig sends the changes of one column, or table, as one ALTER TABLE
ALTER TABLE s1.t ALTER COLUMN a TYPE BIGINT;
ALTER TABLE s1.t ALTER COLUMN a SET NOT NULL;
ALTER TABLE s1.t RENAME a TO b;
-- Alembic with --sql; flaskmig sends the changes of one column, or table, as one ALTER TABLE
ALTER TABLE s1.t ALTER COLUMN a TYPE BIGINT;
ALTER TABLE s1.t ALTER COLUMN a SET NOT NULL;
ALTER TABLE s1.t RENAME a TO b;

-- columns/alter_column to a native enum
ALTER TABLE "users" ALTER COLUMN "name" TYPE mood USING name::mood;

-- columns/drop_column with its check
ALTER TABLE "t" DROP COLUMN "b";

-- columns/add_column of another table
ALTER TABLE "users" ADD COLUMN "x" integer DEFAULT '3';
