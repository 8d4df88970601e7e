-- rows/execute
UPDATE users SET age = age + 1 WHERE id = 1;

-- rows/execute by keyword
UPDATE users SET age = 2;

-- rows/execute execution_options
UPDATE users SET age = 2;

-- rows/execute percent and colon
UPDATE users SET name = '100%', mail = 'a:b';
UPDATE users SET name = 'x' WHERE name LIKE '%y';

-- rows/execute text with parameters
UPDATE users SET age = :age;
UPDATE users SET name = :n;
-- with --sql
UPDATE users SET age = 5;
UPDATE users SET name = 'it''s';

-- rows/execute update insert delete
UPDATE users SET name=:name, age=(users.age + :age_1) WHERE users.id = :id_1;
INSERT INTO users (id, name, age) VALUES (:id, :name, :age);
DELETE FROM users WHERE users.name = :name_1;
-- with --sql
UPDATE users SET name='b', age=(users.age + 1) WHERE users.id = 1;
INSERT INTO users (id, name, age) VALUES (2, 'it''s 100%', NULL);
DELETE FROM users WHERE users.name = 'b';

-- rows/execute insert from select
INSERT INTO users (id, name) SELECT users.id + :id_1 AS anon_1, users.name
    FROM users;
-- with --sql
INSERT INTO users (id, name) SELECT users.id + 1 AS anon_1, users.name
    FROM users;

-- rows/execute inline_literal
UPDATE users SET name='o''x', age=4 WHERE users.name = 'ann';

-- rows/inline_literal with a type
UPDATE users SET name='z', age=4;

-- rows/execute a DDL element
CREATE INDEX ix ON users (name);
CREATE INDEX iy ON users (age);

-- rows/bulk_insert
INSERT INTO users (id, name, age) VALUES (:id, :name, :age);
-- with --sql
INSERT INTO users (id, name, age) VALUES (2, 'bob', 1);
INSERT INTO users (id, name, age) VALUES (3, 'it''s 100% :x', NULL);

-- rows/bulk_insert by keyword
INSERT INTO users (id, name, age) VALUES (:id, :name, :age);
-- with --sql
INSERT INTO users (id, name, age) VALUES (2, 'bob', 1);

-- rows/bulk_insert multiinsert=False
INSERT INTO users (id, name) VALUES (:id, 'bob');
INSERT INTO users (id, name, age) VALUES (:id, upper(:upper_1), :age);
-- with --sql
INSERT INTO users (id, name) VALUES (2, 'bob');
INSERT INTO users (id, name, age) VALUES (3, upper('eve'), 4);
-- Alembic with --sql: CompileError: Could not render literal value "<sqlalchemy.sql.functions.Function; upper>" with datatype VARCHAR; see parent stack trace for more detail.

-- rows/bulk_insert nothing

-- rows/bulk_insert into a Table
INSERT INTO users (id, name) VALUES (:id, :name);
-- with --sql
INSERT INTO users (id, name) VALUES (5, 'eve');

-- rows/bulk_insert with Python defaults
INSERT INTO users (id, name) VALUES (:id, :name);
-- with --sql
INSERT INTO users (id, name) VALUES (5, 'dflt');
INSERT INTO users (id, name) VALUES (6, 'dflt');
-- Alembic with --sql; Alembic's script writes NULL where its online run sends the default
INSERT INTO users (id, name) VALUES (5, NULL);
INSERT INTO users (id, name) VALUES (6, NULL);

-- rows/bulk_insert dates and numbers
INSERT INTO typed (id, at, day, ok, price) VALUES (:id, :at, :day, :ok, :price);
-- with --sql
INSERT INTO typed (id, at, day, ok, price) VALUES (1, '2020-01-02 03:04:05', '2020-01-02', true, 9.50);

-- rows/bulk_insert without types
INSERT INTO users (id, name) VALUES (:id, :name);
-- with --sql
INSERT INTO users (id, name) VALUES (2, 'it''s');
INSERT INTO users (id, name) VALUES (3, NULL);
-- Alembic with --sql: CompileError: No literal value renderer is available for literal value "2" with datatype NULL

-- rows/bulk_insert JSON, UUID, enum and time
INSERT INTO d (a, b, c, e) VALUES (:a, :b, :c, :e);
-- with --sql
INSERT INTO d (a, b, c, e) VALUES ('{"k": [1, "it''s 100%"]}', '00000000-0000-0000-0000-000000000005', 'x', '01:02:03');
-- Alembic with --sql: CompileError: No literal value renderer is available for literal value "{'k': [1, "it's 100%"]}" with datatype JSON

-- rows/execute values a script has to write
UPDATE users SET name=:name, age=CAST('5' AS INTEGER) WHERE users.id IN (:id_1_1, :id_1_2);
UPDATE users SET age = :a WHERE id IN (1);
-- with --sql
UPDATE users SET name='o''x', age=CAST('5' AS INTEGER) WHERE users.id IN (1, 2);
UPDATE users SET age = 4 WHERE id IN (1);
-- Alembic with --sql: CompileError: No literal value renderer is available for literal value ""o'x"" with datatype NULL
