"""Changes that a rebuild carries out, and how the database must be afterwards."""

from __future__ import annotations

from tests.rebuilds.feature import Change

_T = "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, s TEXT);"
_ROWS = "INSERT INTO t VALUES (1, 10, 'a'), (4, 20, 'b');"


def _typed(before: str, after: str, call: str, name: str, rows: str, *values: object) -> Change:
    """A column ``x`` gets another type, and its values become those given."""
    return Change(
        name,
        f"CREATE TABLE t (id INTEGER PRIMARY KEY, x {before});".replace(" )", ")"),
        f"op.alter_column('t', 'x', type_={call})",
        f"CREATE TABLE t (id INTEGER PRIMARY KEY, x {after});",
        rows=f"INSERT INTO t (x) VALUES {rows};",
        values=(("x", values),),
    )


CHANGES = [
    _typed(
        "TEXT", "INTEGER", "sa.Integer()", "text to integer", "('1'), (NULL), ('-7')", 1, None, -7
    ),
    _typed("INTEGER", "TEXT", "sa.Text()", "integer to text", "(1), (-7), (NULL)", "1", "-7", None),
    _typed(
        "TEXT", "NUMERIC", "sa.Numeric()", "text to numeric", "('1'), ('x'), ('0.5')", 1, "x", 0.5
    ),
    _typed("INTEGER", "REAL", "sa.REAL()", "integer to real", "(1), (-7)", 1.0, -7.0),
    _typed("REAL", "INTEGER", "sa.Integer()", "whole real to integer", "(1.0), (-7.0)", 1, -7),
    _typed("REAL", "TEXT", "sa.Text()", "real to text", "(1.5), (1e300)", "1.5", "1.0e+300"),
    _typed(
        "", "BLOB", "sa.BLOB()", "no type to blob", "('1'), (2), (3.5), (x'00')", "1", 2, 3.5, b"\0"
    ),
    _typed("BLOB", "TEXT", "sa.Text()", "blob to text", "('1'), (x'00'), (NULL)", "1", b"\0", None),
    _typed(
        "VARCHAR(5)",
        "VARCHAR(9)",
        "sa.String(9)",
        "a longer text",
        "('00123'), ('x')",
        "00123",
        "x",
    ),
    Change(
        "a type that is converted as said",
        _T,
        "op.alter_column('t', 's', type_=sa.Integer(), using='length(s) + n')",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, s INTEGER);",
        rows=_ROWS,
        values=(("s", (11, 21)),),
    ),
    Change(
        "NOT NULL, with a value for rows that have none",
        _T,
        "op.alter_column('t', 'n', nullable=False, backfill=sa.text('id * 100'))",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, s TEXT);",
        rows="INSERT INTO t VALUES (1, 10, 'a'), (4, NULL, 'b');",
        values=(("n", (10, 400)),),
    ),
    Change(
        "a column with a key of its own goes",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER UNIQUE, s TEXT, UNIQUE (s));"
        "CREATE INDEX t_s ON t (s); CREATE VIEW v AS SELECT id, s FROM t;",
        "op.drop_column('t', 'n')",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, s TEXT, UNIQUE (s));"
        "CREATE INDEX t_s ON t (s); CREATE VIEW v AS SELECT id, s FROM t;",
        rows=_ROWS,
    ),
    Change(
        "a column goes, and a view that shows all of them shows the others",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER UNIQUE, s TEXT);"
        "CREATE VIEW v AS SELECT * FROM t;",
        "op.drop_column('t', 'n')",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, s TEXT); CREATE VIEW v AS SELECT * FROM t;",
        rows=_ROWS,
    ),
    Change(
        "a stored generated column comes",
        "CREATE TABLE u (id INTEGER PRIMARY KEY); CREATE TABLE t (id INTEGER PRIMARY KEY, "
        "n INTEGER REFERENCES u ON DELETE CASCADE, x AS (n || 'x'), CHECK (n > 0));",
        "op.add_column('t', sa.Column('m', sa.Integer(), sa.Computed('n + 1', persisted=True)))",
        "CREATE TABLE u (id INTEGER PRIMARY KEY); CREATE TABLE t (id INTEGER PRIMARY KEY, "
        "n INTEGER REFERENCES u ON DELETE CASCADE, x AS (n || 'x'), "
        "m INTEGER GENERATED ALWAYS AS (n + 1) STORED, CHECK (n > 0));",
        rows="INSERT INTO u VALUES (10), (20); INSERT INTO t VALUES (1, 10), (4, 20);",
        values=(("m", (11, 21)),),
    ),
    Change(
        "a generated column becomes a plain one",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, m INTEGER AS (n * 2));",
        "op.alter_column('t', 'm', server_default=None)",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, m INTEGER);",
        rows="INSERT INTO t VALUES (1, 10), (4, NULL);",
    ),
    Change(
        "a column is renamed beside a rebuild",
        f"{_T} CREATE TABLE log (x); CREATE INDEX t_n ON t (n) WHERE n > 1;"
        "CREATE VIEW v AS SELECT n FROM t;"
        "CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (NEW.n); END;",
        "op.alter_column('t', 'n', new_column_name='k', nullable=False)",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, k INTEGER NOT NULL, s TEXT);"
        "CREATE TABLE log (x); CREATE INDEX t_n ON t (k) WHERE k > 1;"
        "CREATE VIEW v AS SELECT k FROM t;"
        "CREATE TRIGGER tr AFTER INSERT ON t BEGIN INSERT INTO log VALUES (NEW.k); END;",
        rows=_ROWS,
        values=(("k", (10, 20)),),
    ),
    Change(
        "a column is renamed beside a view and a trigger that are broken already",
        f"{_T} CREATE VIEW broken AS SELECT nosuch FROM t; CREATE VIEW v AS SELECT n FROM t;"
        "CREATE TRIGGER bad INSTEAD OF INSERT ON broken BEGIN DELETE FROM t; END;"
        "CREATE TRIGGER worse AFTER INSERT ON t BEGIN INSERT INTO gone VALUES (1); END;",
        "op.alter_column('t', 'n', new_column_name='k')",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, k INTEGER, s TEXT);"
        "CREATE VIEW broken AS SELECT nosuch FROM t; CREATE VIEW v AS SELECT k FROM t;"
        "CREATE TRIGGER bad INSTEAD OF INSERT ON broken BEGIN DELETE FROM t; END;"
        "CREATE TRIGGER worse AFTER INSERT ON t BEGIN INSERT INTO gone VALUES (1); END;",
        values=(("k", ()),),
    ),
    Change(
        "a table is renamed beside a view that is broken already",
        f"{_T} CREATE VIEW broken AS SELECT nosuch FROM t; CREATE VIEW v AS SELECT n FROM t;"
        "CREATE TABLE child (t_id INTEGER REFERENCES t ON DELETE CASCADE);",
        "op.rename_table('t', 'u')",
        "CREATE TABLE u (id INTEGER PRIMARY KEY, n INTEGER, s TEXT);"
        "CREATE VIEW broken AS SELECT nosuch FROM t; CREATE VIEW v AS SELECT n FROM u;"
        "CREATE TABLE child (t_id INTEGER REFERENCES u ON DELETE CASCADE);",
        rows=_ROWS + "INSERT INTO child VALUES (1);",
        table="t u",
    ),
    Change(
        "a column goes beside a view that is broken already",
        f"{_T} CREATE VIEW broken AS SELECT nosuch FROM t; CREATE VIEW v AS SELECT n FROM t;",
        "op.drop_column('t', 's')",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER);"
        "CREATE VIEW broken AS SELECT nosuch FROM t; CREATE VIEW v AS SELECT n FROM t;",
        rows=_ROWS,
    ),
    Change(
        "a column comes beside a view that is broken already",
        f"{_T} CREATE VIEW broken AS SELECT nosuch FROM t;",
        "op.add_column('t', sa.Column('k', sa.Integer(), server_default='7'))",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, s TEXT, k INTEGER DEFAULT '7');"
        "CREATE VIEW broken AS SELECT nosuch FROM t;",
        rows=_ROWS,
        values=(("k", (7, 7)),),
    ),
    Change(
        "a new key that counts rows takes the rowids that search knows",
        "CREATE TABLE t (title TEXT); CREATE VIRTUAL TABLE f USING fts5(title, content='t');",
        "op.add_column('t', sa.Column('id', sa.Integer(), nullable=False))\n"
        "op.create_primary_key(None, 't', ['id'])",
        "CREATE TABLE t (title TEXT, id INTEGER NOT NULL, PRIMARY KEY (id));"
        "CREATE VIRTUAL TABLE f USING fts5(title, content='t');",
        rows="INSERT INTO t (rowid, title) VALUES (3, 'red fox'), (9, 'old fox');"
        "INSERT INTO f (f) VALUES ('rebuild');",
        values=(("id", (3, 9)),),
        queries=("SELECT rowid, title FROM f WHERE f MATCH 'fox' ORDER BY rowid",),
    ),
    Change(
        "a primary key changes, and children refer to the unique one that stays",
        "CREATE TABLE t (a INTEGER NOT NULL UNIQUE, b INTEGER NOT NULL, PRIMARY KEY (a, b));"
        "CREATE TABLE child (a INTEGER REFERENCES t (a) ON DELETE CASCADE);",
        "op.drop_constraint(None, 't', type_='primary', columns=['a', 'b'])\n"
        "op.create_primary_key(None, 't', ['b'])",
        "CREATE TABLE t (a INTEGER NOT NULL UNIQUE, b INTEGER NOT NULL, PRIMARY KEY (b));"
        "CREATE TABLE child (a INTEGER REFERENCES t (a) ON DELETE CASCADE);",
        rows="INSERT INTO t VALUES (1, 2), (5, 6); INSERT INTO child VALUES (1), (5);",
    ),
    Change(
        "violations of before, though rows get other rowids",
        "CREATE TABLE p (id INTEGER PRIMARY KEY);"
        "CREATE TABLE t (k TEXT NOT NULL PRIMARY KEY, p INTEGER REFERENCES p) WITHOUT ROWID;",
        "op.alter_table('t', sqlite_with_rowid=True)",
        "CREATE TABLE p (id INTEGER PRIMARY KEY);"
        "CREATE TABLE t (k TEXT NOT NULL PRIMARY KEY, p INTEGER REFERENCES p);",
        rows="PRAGMA foreign_keys = OFF; INSERT INTO t VALUES ('a', 5), ('b', 6);",
    ),
    Change(
        "violations of before, though the parent is renamed",
        "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE t (id INTEGER PRIMARY KEY, "
        "n INTEGER REFERENCES p);",
        "op.rename_table('p', 'q')\nop.alter_column('t', 'n', nullable=False)",
        "CREATE TABLE q (id INTEGER PRIMARY KEY); CREATE TABLE t (id INTEGER PRIMARY KEY, "
        "n INTEGER REFERENCES q NOT NULL);",
        rows="PRAGMA foreign_keys = OFF; INSERT INTO t VALUES (1, 5), (2, 6);",
    ),
    Change(
        "a foreign key comes that every row keeps",
        f"{_T} CREATE TABLE p (id INTEGER PRIMARY KEY);",
        "op.create_foreign_key('to_p', 't', 'p', ['n'], ['id'], ondelete='CASCADE')",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, s TEXT, "
        "CONSTRAINT to_p FOREIGN KEY (n) REFERENCES p (id) ON DELETE CASCADE);"
        "CREATE TABLE p (id INTEGER PRIMARY KEY);",
        rows=_ROWS + "INSERT INTO p VALUES (10), (20);",
    ),
    Change(
        "AUTOINCREMENT comes and starts behind the highest row",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, s TEXT);"
        "CREATE TABLE u (id INTEGER PRIMARY KEY AUTOINCREMENT);",
        "with op.batch_alter_table('t', table_kwargs={'sqlite_autoincrement': True}) as batch:\n"
        "    batch.alter_column('n', nullable=False)",
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, n INTEGER NOT NULL, s TEXT);"
        "CREATE TABLE u (id INTEGER PRIMARY KEY AUTOINCREMENT);",
        rows=_ROWS,
        sequences=(("t", 4),),
    ),
    Change(
        "a check that names its table loses that name",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER CHECK (t.n > -99), m INTEGER "
        'AS (n + 1), CHECK ("t".id > 0 AND T.n <> 3));',
        "op.alter_column('t', 'n', nullable=False)",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER CHECK (n > -99) NOT NULL, m INTEGER "
        "AS (n + 1), CHECK (id > 0 AND n <> 3));",
        rows="INSERT INTO t VALUES (1, 10), (4, 20);",
    ),
    Change(
        "a temporary table of another name is no matter",
        f"{_T} CREATE TABLE t2 (n INTEGER);",
        "op.execute('CREATE TEMP TABLE scratch AS SELECT n FROM t')\n"
        "op.alter_column('t', 'n', nullable=False)\n"
        "op.execute('INSERT INTO t2 SELECT n FROM scratch')\nop.execute('DELETE FROM t2')",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, s TEXT);"
        "CREATE TABLE t2 (n INTEGER);",
        rows=_ROWS,
    ),
]
