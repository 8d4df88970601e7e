-- constraints/create_primary_key
ALTER TABLE "t" ADD CONSTRAINT "t_pk" PRIMARY KEY ("a", "b");

-- constraints/create_primary_key by keyword
ALTER TABLE "t" ADD CONSTRAINT "t_pk" PRIMARY KEY ("a");

-- constraints/create_primary_key without a name
ALTER TABLE "t" ADD PRIMARY KEY ("a");

-- constraints/create_primary_key schema
ALTER TABLE "s1"."t" ADD CONSTRAINT "t_pk" PRIMARY KEY ("a");

-- constraints/create_unique_constraint
ALTER TABLE "users" ADD CONSTRAINT "uq" UNIQUE ("name", "age");

-- constraints/create_unique_constraint by keyword
ALTER TABLE "users" ADD CONSTRAINT "uq" UNIQUE ("name");

-- constraints/create_unique_constraint without a name
ALTER TABLE "users" ADD UNIQUE ("name");

-- constraints/create_unique_constraint deferrable initially
ALTER TABLE "users" ADD CONSTRAINT "uq" UNIQUE ("name") DEFERRABLE INITIALLY DEFERRED;

-- constraints/create_unique_constraint postgresql_include nulls_not_distinct
ALTER TABLE "users" ADD CONSTRAINT "uq" UNIQUE NULLS NOT DISTINCT ("name") INCLUDE ("age");
-- Alembic: KeyError: 'age'
-- Alembic with --sql: KeyError: 'age'
-- Alembic leaves another database: Alembic looks for the INCLUDE columns where they are not, and fails

-- constraints/create_unique_constraint schema
ALTER TABLE "s1"."t" ADD CONSTRAINT "uq" UNIQUE ("a");

-- constraints/create_check_constraint
ALTER TABLE "users" ADD CONSTRAINT "ck" CHECK (age > 0);

-- constraints/create_check_constraint text
ALTER TABLE "users" ADD CONSTRAINT "ck" CHECK (age > 0 AND name <> '%');

-- constraints/create_check_constraint expression
ALTER TABLE "users" ADD CONSTRAINT "ck" CHECK (age > 0 AND length(name) < 99);

-- constraints/create_check_constraint by keyword
ALTER TABLE "users" ADD CONSTRAINT "ck" CHECK (age > 0);

-- constraints/create_check_constraint postgresql_not_valid
ALTER TABLE "users" ADD CONSTRAINT "ck" CHECK (age > 0) NOT VALID;

-- constraints/create_check_constraint without a name
ALTER TABLE "users" ADD CHECK (age > 0);

-- constraints/create_check_constraint schema
ALTER TABLE "s1"."t" ADD CONSTRAINT "ck" CHECK (a > 0);

-- constraints/create_check_constraint deferrable
ALTER TABLE "users" ADD CONSTRAINT "ck" CHECK (age > 0);

-- constraints/create_foreign_key
ALTER TABLE "posts" ADD CONSTRAINT "fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id");

-- constraints/create_foreign_key by keyword
ALTER TABLE "posts" ADD CONSTRAINT "fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;
-- Alembic; flaskmig writes ON UPDATE before ON DELETE, as PostgreSQL's catalogue does
ALTER TABLE posts ADD CONSTRAINT fk FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
-- Alembic with --sql; flaskmig writes ON UPDATE before ON DELETE, as PostgreSQL's catalogue does
ALTER TABLE posts ADD CONSTRAINT fk FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;

-- constraints/create_foreign_key match
ALTER TABLE "posts" ADD CONSTRAINT "fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") MATCH FULL;

-- constraints/create_foreign_key use_alter
ALTER TABLE "posts" ADD CONSTRAINT "fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id");

-- constraints/create_foreign_key without a name
ALTER TABLE "posts" ADD FOREIGN KEY ("user_id") REFERENCES "users" ("id");

-- constraints/create_foreign_key to itself
ALTER TABLE "posts" ADD CONSTRAINT "fk" FOREIGN KEY ("user_id") REFERENCES "posts" ("id");

-- constraints/create_foreign_key postgresql_not_valid
ALTER TABLE "posts" ADD CONSTRAINT "fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") NOT VALID;

-- constraints/create_foreign_key schemas
ALTER TABLE "s1"."t" ADD CONSTRAINT "fk" FOREIGN KEY ("a") REFERENCES "s1"."u" ("a");
ALTER TABLE "posts" ADD CONSTRAINT "fk2" FOREIGN KEY ("n") REFERENCES "s1"."u" ("a");

-- constraints/create_exclude_constraint
ALTER TABLE "users" ADD CONSTRAINT "ex" EXCLUDE USING btree ("age" WITH =, "id" WITH =) WHERE (age > 0) DEFERRABLE INITIALLY DEFERRED;

-- constraints/create_exclude_constraint where
ALTER TABLE "users" ADD CONSTRAINT "ex" EXCLUDE USING btree ("age" WITH =) WHERE (age > 0);

-- constraints/create_exclude_constraint schema
ALTER TABLE "s1"."t" ADD CONSTRAINT "ex" EXCLUDE USING btree ("a" WITH =);

-- constraints/drop_constraint unique
ALTER TABLE "t" DROP CONSTRAINT "t_uq";

-- constraints/drop_constraint check
ALTER TABLE "t" DROP CONSTRAINT "t_ck";

-- constraints/drop_constraint foreignkey
ALTER TABLE "t" DROP CONSTRAINT "t_fk";

-- constraints/drop_constraint primary
ALTER TABLE "t" DROP CONSTRAINT "t_pk";

-- constraints/drop_constraint without a kind
ALTER TABLE "t" DROP CONSTRAINT "t_uq";
ALTER TABLE "t" DROP CONSTRAINT "t_ck";

-- constraints/drop_constraint by keyword
ALTER TABLE "t" DROP CONSTRAINT "t_uq";

-- constraints/drop_constraint if_exists
ALTER TABLE "t" DROP CONSTRAINT "t_uq";
-- with --sql
ALTER TABLE "t" DROP CONSTRAINT IF EXISTS "t_uq";
-- Alembic; where flaskmig can look whether it is there, it looks, and sends no statement for nothing
ALTER TABLE t DROP CONSTRAINT IF EXISTS t_uq;

-- constraints/drop_constraint if_exists that is not there
-- with --sql
ALTER TABLE "t" DROP CONSTRAINT IF EXISTS "nope";
-- Alembic; where flaskmig can look whether it is there, it looks, and sends no statement for nothing
ALTER TABLE t DROP CONSTRAINT IF EXISTS nope;

-- constraints/drop_constraint PostgreSQL's own name
ALTER TABLE "t" DROP CONSTRAINT "t_a_fkey";
ALTER TABLE "t" DROP CONSTRAINT "t_a_key";
ALTER TABLE "t" DROP CONSTRAINT "t_a_check";

-- constraints/drop_constraint schema
ALTER TABLE "s1"."t" DROP CONSTRAINT "uq";
