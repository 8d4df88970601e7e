"""Features that are about other tables: foreign keys, and what is wrong with them already."""

from __future__ import annotations

from tests.rebuilds.feature import Feature

_PARENT = "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, s TEXT);"
_THREE = "INSERT INTO t VALUES (1, 10, 'a'), (2, 20, 'b'), (5, 50, 'c');"


def _child(action: str) -> str:
    return (
        f"{_PARENT} CREATE TABLE child (id INTEGER PRIMARY KEY, "
        f"t_id INTEGER DEFAULT 1 REFERENCES t (id) {action});"
        f"{_THREE} INSERT INTO child VALUES (1, 1), (2, 1), (3, 5), (4, NULL);"
    )


RELATIONS = [
    Feature("children with ON DELETE CASCADE", _child("ON DELETE CASCADE")),
    Feature("children with ON DELETE SET NULL", _child("ON DELETE SET NULL")),
    Feature("children with ON DELETE SET DEFAULT", _child("ON DELETE SET DEFAULT")),
    Feature("children with ON DELETE RESTRICT", _child("ON DELETE RESTRICT")),
    Feature("children with ON UPDATE CASCADE", _child("ON UPDATE CASCADE ON DELETE NO ACTION")),
    Feature("children checked at the end", _child("DEFERRABLE INITIALLY DEFERRED")),
    Feature(
        "grandchildren",
        _child("ON DELETE CASCADE")
        + "CREATE TABLE grandchild (id INTEGER PRIMARY KEY, c INTEGER NOT NULL "
        "REFERENCES child ON DELETE CASCADE); INSERT INTO grandchild VALUES (1, 1), (2, 3);",
    ),
    Feature(
        "a self reference",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, "
        "up INTEGER REFERENCES t (id) ON DELETE CASCADE);"
        "INSERT INTO t VALUES (1, 1, NULL), (2, 2, 1), (3, 3, 2), (4, 4, 4);",
    ),
    Feature(
        "a ring of two tables",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, u_id INTEGER REFERENCES u "
        "ON DELETE CASCADE); CREATE TABLE u (id INTEGER PRIMARY KEY, t_id INTEGER REFERENCES t "
        "ON DELETE CASCADE); INSERT INTO t VALUES (1, 1, NULL), (2, 2, NULL);"
        "INSERT INTO u VALUES (1, 1), (2, 2); UPDATE t SET u_id = id;",
    ),
    Feature(
        "a composite key and a composite foreign key to it",
        "CREATE TABLE t (a TEXT, b INTEGER, n INTEGER, PRIMARY KEY (b, a));"
        "CREATE TABLE child (x INTEGER, y TEXT, FOREIGN KEY (x, y) REFERENCES t (b, a) "
        "ON DELETE CASCADE); INSERT INTO t VALUES ('a', 1, 1), ('a', 2, 2), ('b', 1, 3);"
        "INSERT INTO child VALUES (1, 'b'), (2, 'a'), (NULL, 'zz');",
    ),
    Feature(
        "a foreign key to a unique index",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, code TEXT, n INTEGER);"
        "CREATE UNIQUE INDEX t_code ON t (code);"
        "CREATE TABLE child (code TEXT REFERENCES t (code) ON DELETE CASCADE);"
        "INSERT INTO t VALUES (1, 'x', 1), (2, 'y', 2); INSERT INTO child VALUES ('x'), ('y');",
    ),
    Feature(
        "a foreign key of its own",
        "CREATE TABLE parent (id INTEGER PRIMARY KEY);"
        "CREATE TABLE t (n INTEGER, p INTEGER CONSTRAINT to_parent REFERENCES parent "
        "ON DELETE CASCADE ON UPDATE SET NULL MATCH FULL DEFERRABLE INITIALLY DEFERRED);"
        "INSERT INTO parent VALUES (1), (2); INSERT INTO t VALUES (1, 1), (2, 2), (3, NULL);",
    ),
    Feature(
        "names in other cases",
        'CREATE TABLE "Accounts" ("ID" INTEGER PRIMARY KEY AUTOINCREMENT, "N" INTEGER);'
        "CREATE TABLE child (a INTEGER REFERENCES accounts (id) ON DELETE CASCADE);"
        "CREATE INDEX ACCOUNTS_N ON ACCOUNTS (n); CREATE TABLE log (x);"
        "CREATE VIEW v AS SELECT iD FROM aCCOUNTS;"
        "CREATE TRIGGER tr AFTER INSERT ON ACCOUNTS BEGIN INSERT INTO LOG VALUES (NEW.id); END;"
        "INSERT INTO accounts VALUES (1, 1), (7, 7); DELETE FROM accounts WHERE id = 7;"
        "INSERT INTO child VALUES (1);",
        table="Accounts",
        column="N",
        queries=("SELECT * FROM v",),
        then=("INSERT INTO accounts (n) VALUES (8)", "SELECT max(id) FROM accounts"),
        answer=((8,),),
    ),
    Feature(
        "violations that are there already",
        _child("ON DELETE CASCADE")
        + "PRAGMA foreign_keys = OFF; INSERT INTO child VALUES (8, 99), (9, 77);",
    ),
    Feature(
        "violations of its own that are there already",
        "CREATE TABLE parent (id INTEGER PRIMARY KEY);"
        "CREATE TABLE t (n INTEGER, p INTEGER REFERENCES parent); PRAGMA foreign_keys = OFF;"
        "INSERT INTO t VALUES (1, 5), (2, 6), (3, NULL);",
    ),
    Feature(
        "violations in a table without rowids",
        "CREATE TABLE parent (id INTEGER PRIMARY KEY);"
        "CREATE TABLE t (k TEXT PRIMARY KEY, n INTEGER, p INTEGER REFERENCES parent)"
        " WITHOUT ROWID; PRAGMA foreign_keys = OFF; INSERT INTO t VALUES ('a', 1, 5), ('b', 2, 6);",
    ),
    Feature(
        "a parent table that is missing",
        "PRAGMA foreign_keys = OFF;"
        "CREATE TABLE t (n INTEGER, p INTEGER REFERENCES nowhere (id)); "
        "CREATE TABLE u (p INTEGER REFERENCES nowhere (id) ON DELETE CASCADE);"
        "INSERT INTO t VALUES (1, 5), (2, NULL); INSERT INTO u VALUES (3);",
    ),
    Feature(
        "a foreign key to what is not unique",
        f"PRAGMA foreign_keys = OFF; {_PARENT} {_THREE}"
        "CREATE TABLE child (s TEXT REFERENCES t (s)); INSERT INTO child VALUES ('a'), ('zz');",
    ),
    Feature(
        "a foreign key to a column that is missing",
        f"PRAGMA foreign_keys = OFF; {_PARENT} {_THREE}"
        "CREATE TABLE child (s TEXT REFERENCES t (nosuch)); INSERT INTO child VALUES ('a');",
    ),
]
