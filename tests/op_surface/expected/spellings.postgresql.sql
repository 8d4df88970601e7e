-- spellings/alter_column name
ALTER TABLE "users" RENAME COLUMN "name" TO "full_name";
-- Alembic; flaskmig writes the word COLUMN, which PostgreSQL allows to leave out
ALTER TABLE users RENAME name TO full_name;
-- Alembic with --sql; flaskmig writes the word COLUMN, which PostgreSQL allows to leave out
ALTER TABLE users RENAME name TO full_name;

-- spellings/alter_column nullable by position
ALTER TABLE "users" ALTER COLUMN "age" SET NOT NULL;

-- spellings/create_primary_key name cols
ALTER TABLE "t" ADD CONSTRAINT "pk" PRIMARY KEY ("a");

-- spellings/create_unique_constraint name source local_cols
ALTER TABLE "users" ADD CONSTRAINT "uq" UNIQUE ("name");

-- spellings/create_check_constraint name source
ALTER TABLE "users" ADD CONSTRAINT "ck" CHECK (age > 0);

-- spellings/create_foreign_key name source referent
ALTER TABLE "posts" ADD CONSTRAINT "fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id");

-- spellings/create_foreign_key by position
ALTER TABLE "posts" ADD CONSTRAINT "fk" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE CASCADE ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED;
-- Alembic; flaskmig writes ON UPDATE before ON DELETE, as PostgreSQL's catalogue does
ALTER TABLE posts ADD CONSTRAINT fk FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;
-- Alembic with --sql; flaskmig writes ON UPDATE before ON DELETE, as PostgreSQL's catalogue does
ALTER TABLE posts ADD CONSTRAINT fk FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED;

-- spellings/drop_constraint name type
ALTER TABLE "t" DROP CONSTRAINT "uq";

-- spellings/drop_constraint schema by position
ALTER TABLE "t" DROP CONSTRAINT "uq";

-- spellings/create_index name tablename
CREATE INDEX "ix" ON "users" ("name");

-- spellings/create_index schema and unique by position
CREATE UNIQUE INDEX "ix" ON "users" ("name");

-- spellings/drop_index name tablename
DROP INDEX "ix";

-- spellings/create_table drop_table name
CREATE TABLE "t" ();
DROP TABLE "posts";

-- spellings/schema by position
ALTER TABLE "s1"."t" ADD COLUMN "b" integer;
ALTER TABLE "s1"."t" ADD CONSTRAINT "pk" PRIMARY KEY ("a");
ALTER TABLE "s1"."t" ADD CONSTRAINT "uq" UNIQUE ("b");
ALTER TABLE "s1"."t" ADD CONSTRAINT "ck" CHECK (a > 0);
COMMENT ON TABLE "s1"."t" IS 'x';
ALTER TABLE "s1"."t" RENAME TO "u";
COMMENT ON TABLE "s1"."u" IS NULL;
ALTER TABLE "s1"."u" DROP COLUMN "b";
DROP TABLE "s1"."u";

-- spellings/execute sql
UPDATE users SET age = 2;
UPDATE users SET age = 3;

-- spellings/bulk_insert multiinsert by position
INSERT INTO users (id) VALUES (:id);
-- with --sql
INSERT INTO users (id) VALUES (7);
