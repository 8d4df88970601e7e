"""Changes that must stop: what rows, keys, views and triggers do not allow."""

from __future__ import annotations

from tests.rebuilds.feature import Stopped

_T = "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, s TEXT);"
_ROWS = "INSERT INTO t VALUES (1, 10, 'a'), (4, 20, 'b'), (5, 20, 'A'), (6, NULL, NULL);"
_CHILD = "CREATE TABLE child (id INTEGER PRIMARY KEY, t_id INTEGER REFERENCES t ON DELETE CASCADE);"
_CHILDREN = "INSERT INTO child VALUES (1, 1), (2, 4), (3, 4);"


def _lossy(type_: str, call: str, rows: str, says: str, name: str) -> Stopped:
    return Stopped(
        name,
        f"CREATE TABLE t (id INTEGER PRIMARY KEY, x {type_}); INSERT INTO t (x) VALUES {rows};",
        f"op.alter_column('t', 'x', type_={call})",
        says,
        hints="using",
    )


STOPPED = [
    _lossy(
        "TEXT",
        "sa.Integer()",
        "('00123'), ('5'), ('0007')",
        r"t\.x from TEXT to INTEGER would change values .*: 2 of them",
        "leading zeros",
    ),
    _lossy("TEXT", "sa.Numeric()", "('9999999999999999999')", r"1 of them", "a 19-digit text"),
    _lossy("TEXT", "sa.REAL()", "('1'), ('1.50')", r"2 of them", "a text that loses its spelling"),
    _lossy(
        "TEXT", "sa.Integer()", "('abc'), ('1.9'), ('3')", "no whole numbers: 2 of", "no number"
    ),
    _lossy(
        "REAL",
        "sa.Integer()",
        "(1.9), (2.0)",
        r"no whole numbers: 1 of them",
        "a half",
    ),
    _lossy("REAL", "sa.Text()", "(0.1 + 0.2), (1.5)", "1 of them", "too many digits"),
    _lossy("INTEGER", "sa.REAL()", "(9007199254740993)", "1 of them", "an integer too long"),
    _lossy("", "sa.Numeric()", "('00123'), (x'00')", "1 of them", "of no type"),
    _lossy("BLOB", "sa.Integer()", "(x'31')", "no whole numbers: 1 of", "a blob"),
    Stopped(
        "ANY of a table that is no longer STRICT",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, x ANY) STRICT;"
        "INSERT INTO t (x) VALUES ('007'), (5);",
        "op.alter_table('t', sqlite_strict=False)",
        "1 of them",
    ),
    Stopped(
        "NOT NULL with rows that have no value",
        f"{_T} {_ROWS}",
        "op.alter_column('t', 'n', nullable=False)",
        r"t\.n cannot be NOT NULL",
        hints="backfill",
    ),
    Stopped(
        "UNIQUE with equal values",
        f"{_T} {_ROWS} INSERT INTO t VALUES (7, 20, 'z'), (8, 10, 'z');",
        "op.create_unique_constraint('once', 't', ['n'])",
        r"n = 20 is in 3 rows(.|\n)*n = 10 is in 2 rows",
    ),
    Stopped(
        "a unique index with equal values of several columns",
        f"{_T} {_ROWS} INSERT INTO t VALUES (7, 20, 'A');",
        "op.create_index('once', 't', ['n', 's'], unique=True)",
        r"n = 20, s = 'A' is in 2 rows",
    ),
    Stopped(
        "a unique index with values that differ in case",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, s TEXT COLLATE NOCASE);"
        "INSERT INTO t (s) VALUES ('a'), ('A');",
        "op.create_index('once', 't', ['s'], unique=True)",
        r"s = '[aA]' is in 2 rows",
    ),
    Stopped(
        "a primary key with equal values",
        "CREATE TABLE t (a TEXT NOT NULL, b TEXT NOT NULL); INSERT INTO t VALUES "
        "('x', 'y'), ('x', 'y'), ('z', 'y');",
        "op.create_primary_key(None, 't', ['a', 'b'])",
        r"a = 'x', b = 'y' is in 2 rows",
    ),
    Stopped(
        "a unique index on an expression",
        f"{_T} {_ROWS}",
        "op.create_index('once', 't', [sa.text('lower(s)')], unique=True)",
        r"once",
    ),
    Stopped(
        "a check that rows break",
        f"{_T} {_ROWS}",
        "op.create_check_constraint('small', 't', 'n < 15')",
        r"CHECK constraint failed: small",
    ),
    Stopped(
        "a foreign key that rows break",
        f"{_T} CREATE TABLE p (id INTEGER PRIMARY KEY); INSERT INTO p VALUES (10); {_ROWS}",
        "op.create_foreign_key(None, 't', 'p', ['n'], ['id'])",
        r"2 rows of table t would point at rows of p that are not there",
    ),
    Stopped(
        "a foreign key that rows break, beside violations of before",
        f"{_T} CREATE TABLE p (id INTEGER PRIMARY KEY); {_CHILD} PRAGMA foreign_keys = OFF;"
        f"INSERT INTO child VALUES (1, 99); {_ROWS}",
        "op.create_foreign_key(None, 'child', 'p', ['id'], ['id'])",
        r"1 row of table child would point at rows of p",
    ),
    Stopped(
        "a key that children need",
        f"{_T} {_CHILD} {_ROWS} {_CHILDREN}",
        "op.drop_constraint(None, 't', type_='primary', columns=['id'])",
        r"a foreign key of table child would not work",
    ),
    Stopped(
        "keys that children have, changed",
        "CREATE TABLE t (code INTEGER UNIQUE); CREATE TABLE child (c INTEGER REFERENCES t (code));"
        "INSERT INTO t VALUES (1), (2); INSERT INTO child VALUES (1), (2), (2);",
        "op.alter_column('t', 'code', type_=sa.BigInteger(), using='code + 100')",
        r"3 rows of table child would point at rows of t",
    ),
    Stopped(
        "a table that children refer to is dropped",
        f"{_T} {_CHILD} {_ROWS} {_CHILDREN}",
        "op.drop_table('t')",
        r"3 rows of table child would point at rows of t",
    ),
    Stopped(
        "a column that a view reads",
        f"{_T} {_ROWS} CREATE VIEW v AS SELECT n FROM t; CREATE UNIQUE INDEX t_s ON t (s);",
        "op.alter_column('t', 's', nullable=True, server_default='x')\nop.drop_column('t', 'n')",
        r"view v",
    ),
    Stopped(
        "a column that a view reads in double quotes",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER UNIQUE, s TEXT); "
        'CREATE VIEW v AS SELECT "n" FROM t WHERE "n" > 0; INSERT INTO t VALUES (1, 2, 3);',
        "op.drop_column('t', 'n')",
        r"view v .*\bn\b",
    ),
    Stopped(
        "a column of whose name there is another one outside of the subquery",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER UNIQUE); CREATE TABLE u (n INTEGER);"
        "CREATE VIEW v AS SELECT (SELECT max(n) FROM t) AS most FROM u;"
        "INSERT INTO t VALUES (1, 5); INSERT INTO u VALUES (1), (2);",
        "op.drop_column('t', 'n')",
        r"view v reads t\.n",
    ),
    Stopped(
        "a column that a trigger of another table reads in double quotes",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER UNIQUE, s TEXT); CREATE TABLE log (x);"
        'CREATE TRIGGER tr AFTER INSERT ON log BEGIN DELETE FROM t WHERE "n" = NEW.x; END;',
        "op.drop_column('t', 'n')",
        r"trigger tr .*\bn\b",
    ),
    Stopped(
        "a column that a trigger of another table names",
        f"{_T} CREATE TABLE log (x);"
        "CREATE TRIGGER tr AFTER INSERT ON log BEGIN UPDATE t SET n = NEW.x; END;",
        "op.drop_column('t', 'n')",
        r"trigger",
    ),
    Stopped(
        "a column whose updates a trigger waits for",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, s TEXT); CREATE TABLE log (x);"
        "CREATE TRIGGER tr AFTER UPDATE OF s, n ON t BEGIN INSERT INTO log VALUES (1); END;",
        "op.drop_column('t', 'n')",
        r"trigger tr .*\bn\b",
    ),
    Stopped(
        "a column that an index reads in double quotes",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER UNIQUE, s TEXT); "
        'CREATE INDEX i ON t (s) WHERE "n" > 0;',
        "op.drop_column('t', 'n')",
        r"index i .*\bn\b",
    ),
    Stopped(
        "a temporary table of the same name",
        f"{_T} {_ROWS}",
        "op.alter_column('t', 's', nullable=False, backfill=\"'x'\")",
        r"temporary table t",
        connected="CREATE TEMP TABLE t (id INTEGER PRIMARY KEY, n INTEGER, s TEXT);"
        "INSERT INTO t VALUES (9, 9, 9);",
    ),
    Stopped(
        "a temporary view of the same name, and a column that ALTER TABLE adds",
        f"{_T} {_ROWS}",
        "op.add_column('t', sa.Column('k', sa.Integer()))",
        r"temporary view t",
        connected="CREATE TEMP VIEW t AS SELECT 1 AS id;",
    ),
    Stopped(
        "a table of the copy's name",
        f"{_T} {_ROWS} CREATE TABLE _flaskmig_new_t (x); INSERT INTO _flaskmig_new_t VALUES (1);",
        "op.create_check_constraint('c', 't', 'n <> 7')",
        r"_flaskmig_new_t.* already",
    ),
    Stopped(
        "a conflict clause that would leave rows out",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, UNIQUE (n) ON CONFLICT IGNORE);"
        "INSERT INTO t VALUES (1, 1), (2, 2);",
        "op.alter_column('t', 'n', type_=sa.BigInteger(), using='1')",
        r"UNIQUE constraint failed: t\.n",
    ),
    Stopped(
        "SQL that ends the transaction by itself",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER UNIQUE); INSERT INTO t VALUES (1, 1);",
        "op.alter_column('t', 'n', nullable=False)\n"
        "op.execute('INSERT OR ROLLBACK INTO t VALUES (2, 1)')",
        r"UNIQUE constraint failed|transaction lost",
    ),
    Stopped(
        "a trigger that ends the transaction, caught by the file",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER); CREATE TABLE u (x);"
        "CREATE TRIGGER tr BEFORE INSERT ON u BEGIN SELECT RAISE(ROLLBACK, 'no'); END;",
        "op.alter_column('t', 'n', nullable=False)\n"
        "try:\n    op.execute('INSERT INTO u VALUES (2)')\nexcept Exception:\n    pass\n"
        "op.add_column('t', sa.Column('k', sa.Integer()))",
        r"transaction lost",
    ),
    Stopped(
        "a commit by the driver",
        f"{_T} {_ROWS}",
        "op.alter_column('t', 's', nullable=False, backfill=\"'x'\")\n"
        "op.get_bind().connection.dbapi_connection.commit()",
        r"commits|COMMIT",
    ),
    Stopped(
        "a commit by the driver, and a transaction begun anew",
        f"{_T} {_ROWS}",
        "op.alter_column('t', 's', nullable=False, backfill=\"'x'\")\n"
        "raw = op.get_bind().connection.dbapi_connection\nraw.commit()\nraw.execute('BEGIN')",
        r"commits|COMMIT",
    ),
    Stopped(
        "a script run by the driver, which commits first",
        f"{_T} {_ROWS}",
        "op.add_column('t', sa.Column('k', sa.Integer()))\n"
        "op.get_bind().connection.dbapi_connection.executescript('DELETE FROM t;')",
        r"commits|COMMIT",
    ),
]
