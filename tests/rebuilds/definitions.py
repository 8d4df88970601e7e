"""Features of the table's own definition: columns, clauses, comments, names, values."""

from __future__ import annotations

from tests.rebuilds.feature import Feature

_ROWS = "INSERT INTO t (id, n) VALUES (1, 10), (2, NULL), (5, -50);"

DEFINITIONS = [
    Feature(
        "virtual generated columns",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, twice AS (n * 2), n INTEGER, "
        "label TEXT GENERATED ALWAYS AS ('n' || coalesce(n, '-')) VIRTUAL NOT NULL);"
        f"CREATE INDEX t_twice ON t (twice); {_ROWS}",
    ),
    Feature(
        "stored generated columns",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, twice INTEGER AS (n * 2) STORED, "
        "thrice INTEGER GENERATED ALWAYS AS (twice + n) STORED UNIQUE);" + _ROWS,
    ),
    Feature(
        "STRICT",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INT, r REAL, s TEXT, b BLOB, a ANY) STRICT;"
        "INSERT INTO t VALUES (1, 2, 3, 'x', x'00', '007'), (2, NULL, 1.5, '', x'', 7.0);",
    ),
    Feature(
        "WITHOUT ROWID",
        "CREATE TABLE t (k TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID;"
        "INSERT INTO t VALUES ('b', 1), ('a', 2);",
    ),
    Feature(
        "STRICT and WITHOUT ROWID, with a key that comes last",
        "CREATE TABLE t (n INTEGER, s TEXT, k TEXT NOT NULL, PRIMARY KEY (k, s DESC)) "
        "STRICT, WITHOUT ROWID; INSERT INTO t VALUES (NULL, 'x', 'b'), (2, 'y', 'a');",
    ),
    Feature(
        "collations",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, a TEXT COLLATE NOCASE UNIQUE, "
        "b TEXT COLLATE RTRIM, c TEXT COLLATE BINARY);"
        "INSERT INTO t VALUES (1, 1, 'Ab', 'x ', 'x'), (2, 2, 'ac', 'x', 'X');",
        queries=("SELECT id FROM t WHERE a = 'AB'", "SELECT id FROM t WHERE b = 'x'"),
    ),
    Feature(
        "comments",
        "CREATE TABLE t ( -- the table's, (really)\n  id INTEGER PRIMARY KEY, -- key, CHECK (0)\n"
        '  /* what is\n     counted, UNIQUE */ n INTEGER, -- it\'s "n"\n  s TEXT -- the last\n)'
        f" -- behind it;\n; {_ROWS}",
    ),
    Feature(
        "comments between clauses",
        "CREATE TABLE t (id INTEGER /* a */ PRIMARY /* b */ KEY, n /* c */ INTEGER -- d\n"
        f"  DEFAULT /* e */ 5, CHECK (id > /* ) */ 0) /* f */); {_ROWS}",
    ),
    Feature(
        "odd blanks and cases",
        "create\ttable   t(\n\tid integer\n\t\tprimary key\n,\tn\tInteger\n,s varchar ( 10 )\n\n)"
        f"; {_ROWS}",
    ),
    Feature(
        "quotes of all kinds",
        'CREATE TABLE "odd ""name"" -- x" ("a b" INTEGER PRIMARY KEY, [c,d] TEXT, `e``f` TEXT, '
        '\'g\' TEXT, "n" INTEGER, "(x" TEXT CHECK ("(x" <> \')\'));'
        'CREATE INDEX "i "" i" ON "odd ""name"" -- x" ([c,d], `e``f`);'
        'CREATE TRIGGER "tr\'" AFTER INSERT ON "odd ""name"" -- x" '
        "BEGIN SELECT NEW.[c,d]; END;"
        "INSERT INTO \"odd \"\"name\"\" -- x\" VALUES (1, 'x', 'y', 'z', 5, 'w');",
        table='odd "name" -- x',
    ),
    Feature(
        "keywords as names",
        'CREATE TABLE "order" ("group" INTEGER PRIMARY KEY, "select" INTEGER DEFAULT 1, '
        '"check" TEXT, "primary" TEXT UNIQUE, "constraint" TEXT REFERENCES "order" ("primary"));'
        'CREATE INDEX "index" ON "order" ("select"); INSERT INTO "order" VALUES (1, 2, 3, 4, 4);',
        table="order",
        column="select",
    ),
    Feature(
        "names beyond ASCII",
        'CREATE TABLE größe (ключ INTEGER PRIMARY KEY, 名 INTEGER, "😀" TEXT, "İ" TEXT);'
        "CREATE INDEX größe_名 ON größe (名); INSERT INTO größe VALUES (1, 2, '😀', 'x');",
        table="größe",
        column="名",
    ),
    Feature(
        "names that differ beyond ASCII only",
        'CREATE TABLE "É" ("Ä" INTEGER, "ä" INTEGER); CREATE TABLE "é" ("Ä" INTEGER);'
        'CREATE INDEX upper_index ON "É" ("Ä"); CREATE INDEX lower_index ON "é" ("Ä");'
        'INSERT INTO "É" VALUES (1, 2); INSERT INTO "é" VALUES (3);',
        table="É",
        column="ä",
    ),
    Feature(
        "names that look like parameters",
        'CREATE TABLE "a%sb" (":n" INTEGER, "?" TEXT DEFAULT \'%(x)s :y ?\', "@p" TEXT, '
        '"$1" TEXT CHECK ("$1" <> \'100%\'));'
        'INSERT INTO "a%sb" (":n", "$1") VALUES (1, \'%\');',
        table="a%sb",
        column=":n",
    ),
    Feature(
        "texts in double quotes",
        'CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, s TEXT DEFAULT "none", '
        'CHECK (s <> "forbidden")); CREATE VIEW v AS SELECT "a word" AS w, n FROM t;' + _ROWS,
        queries=("SELECT * FROM v",),
    ),
    Feature(
        "defaults of every form",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, a TEXT DEFAULT 'it''s, (x)', "
        "b INTEGER DEFAULT -5, c INTEGER DEFAULT 0x1F, d DATETIME DEFAULT CURRENT_TIMESTAMP, "
        "e BLOB DEFAULT x'00ff', f REAL DEFAULT +1.5e3, g INTEGER DEFAULT (1 + (2)), "
        "h TEXT DEFAULT NULL, i BOOLEAN DEFAULT TRUE, j TEXT DEFAULT word);" + _ROWS,
    ),
    Feature(
        "columns that were added, with defaults that no row holds",
        f"CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER); {_ROWS}"
        "ALTER TABLE t ADD COLUMN a INTEGER NOT NULL DEFAULT '7'; ALTER TABLE t ADD b DEFAULT '7';"
        "ALTER TABLE t ADD COLUMN c REAL DEFAULT 3; INSERT INTO t VALUES (9, 9, 8, 8, 8);",
    ),
    Feature(
        "constraints with names and without commas",
        "CREATE TABLE t (id INTEGER CONSTRAINT pk PRIMARY KEY, n INTEGER CONSTRAINT nn "
        'CHECK (n > -99) CONSTRAINT alone, a TEXT CONSTRAINT "one ""a""" UNIQUE, b TEXT, '
        "CONSTRAINT ab UNIQUE (a, b) CONSTRAINT c1 CHECK (a <> b) CHECK (b <> 'it''s)'));" + _ROWS,
    ),
    Feature(
        "conflict clauses",
        "CREATE TABLE t (id INTEGER PRIMARY KEY ON CONFLICT REPLACE, n INTEGER, "
        "a TEXT NOT NULL ON CONFLICT REPLACE DEFAULT 'x', b TEXT UNIQUE ON CONFLICT IGNORE, "
        "UNIQUE (a, b) ON CONFLICT ROLLBACK);"
        "INSERT INTO t VALUES (1, 1, 'a', 'a'), (2, 2, 'b', 'b');",
    ),
    Feature(
        "a key that may be NULL",
        "CREATE TABLE t (k TEXT PRIMARY KEY, n INTEGER);"
        "INSERT INTO t VALUES (NULL, 1), (NULL, 2), ('x', 3);",
    ),
    Feature(
        "keys that are not the rowid",
        "CREATE TABLE t (k INT PRIMARY KEY, n INTEGER);"
        "INSERT INTO t (rowid, k, n) VALUES (7, 70, 1), (3, 30, 2);",
        queries=("SELECT rowid, k FROM t ORDER BY rowid",),
    ),
    Feature(
        "INTEGER PRIMARY KEY DESC, which is not the rowid",
        "CREATE TABLE t (k INTEGER PRIMARY KEY DESC, n INTEGER);"
        "INSERT INTO t (rowid, k, n) VALUES (7, 70, 1), (3, 30, 2);",
        queries=("SELECT rowid, k FROM t ORDER BY rowid",),
    ),
    Feature(
        "values of every kind in a column of none",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, x); INSERT INTO t (x) VALUES (NULL), "
        "(1), (-9223372036854775808), (9223372036854775807), (1.0), (1e308 * 10), (-0.0), (0.1), "
        "('1'), ('00123'), (''), ('a' || char(0) || 'b'), (x''), (x'00ff'), (CAST(x'ff' AS TEXT));",
        queries=("SELECT hex(x), length(x) FROM t ORDER BY id",),
    ),
    Feature(
        "values that their columns do not like",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, s TEXT, b BLOB, r REAL, d DATE);"
        "INSERT INTO t VALUES (1, 'ten', x'00', 5, 'x', '2024-01-01'), (2, 1.5, 7, '8', x'01', 9);",
        queries=("SELECT typeof(n), typeof(s), typeof(b), typeof(r) FROM t",),
    ),
    Feature(
        "very many columns and very long values",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, "
        + ", ".join(f"c{number} INTEGER DEFAULT {number}" for number in range(300))
        + ", big BLOB); INSERT INTO t (n, big) VALUES (1, randomblob(500000)), (2, zeroblob(9));",
    ),
    Feature(
        "a table made by a query",
        "CREATE TABLE other (x); INSERT INTO other VALUES (1), ('a'), (NULL);"
        "CREATE TABLE t AS SELECT x AS n, 'k' || x AS \"a b\" FROM other;",
    ),
    Feature(
        "a table made with its schema's name",
        f"CREATE TABLE IF NOT EXISTS main.t (id INTEGER PRIMARY KEY, n INTEGER); {_ROWS}",
    ),
    Feature(
        "a table that was renamed and altered before",
        "CREATE TABLE u (id INTEGER PRIMARY KEY, m INTEGER, x TEXT); ALTER TABLE u RENAME TO t;"
        "ALTER TABLE t RENAME COLUMN m TO n; ALTER TABLE t ADD COLUMN y TEXT DEFAULT 'y';"
        f"ALTER TABLE t DROP COLUMN x; {_ROWS}",
    ),
    Feature(
        "an empty table",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, s TEXT NOT NULL);",
    ),
]
