"""Features that hang on the table: indexes, triggers, views, counters, search, statistics."""

from __future__ import annotations

from tests.rebuilds.feature import Feature

_T = "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, s TEXT);"
_ROWS = "INSERT INTO t VALUES (1, 10, 'a'), (2, 20, 'B'), (5, NULL, 'c');"
_LOG = "CREATE TABLE log (what TEXT, n INTEGER);"
_FTS = (
    "CREATE TABLE t (title TEXT, n INTEGER);"
    "INSERT INTO t (rowid, title, n) VALUES (3, 'red fox', 1), (7, 'blue fox', 2), "
    "(-4, 'red hen', 3), (9007199254740993, 'green hen', 4);"
)


def _broken(sql: str) -> str:
    return f"{_T} {_ROWS} {sql}"


ATTACHED = [
    Feature(
        "triggers for each event",
        f"{_T} {_LOG} {_ROWS}"
        "CREATE TRIGGER t_ai AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('ai', NEW.n); END;"
        "CREATE TRIGGER t_bu BEFORE UPDATE OF n ON t WHEN OLD.n > 1 BEGIN "
        "INSERT INTO log VALUES ('bu', OLD.n); INSERT INTO log VALUES ('bu2', NEW.n); END;"
        "CREATE TRIGGER t_ad AFTER DELETE ON t FOR EACH ROW BEGIN "
        "INSERT INTO log VALUES ('ad', OLD.n); END;",
        then=(
            "INSERT INTO t (id, n) VALUES (9, 90)",
            "UPDATE t SET n = 91 WHERE id = 9",
            "DELETE FROM t WHERE id = 9",
            "SELECT * FROM log",
        ),
        answer=(("ai", 90), ("bu", 90), ("bu2", 91), ("ad", 91)),
    ),
    Feature(
        "two triggers of one event",
        f"{_T} {_LOG} {_ROWS}"
        "CREATE TRIGGER second AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('2', NEW.n); END;"
        "CREATE TRIGGER first AFTER INSERT ON t BEGIN INSERT INTO log VALUES ('1', NEW.n); END;",
        then=("INSERT INTO t (id, n) VALUES (9, 90)", "SELECT what FROM log"),
        answer=(("1",), ("2",)),
    ),
    Feature(
        "triggers with comments and odd names",
        f"{_T} {_LOG} {_ROWS}"
        'CREATE TRIGGER "on -- t; ""x""" /* when; */ AFTER INSERT ON t -- END;\n'
        "BEGIN\n  -- a note; with END;\n  INSERT INTO log VALUES ('it''s; END', NEW.n);\nEND;",
        then=("INSERT INTO t (id, n) VALUES (9, 90)", "SELECT * FROM log"),
        answer=(("it's; END", 90),),
    ),
    Feature(
        "a trigger with CASE and RAISE",
        f"{_T} {_ROWS} CREATE TRIGGER IF NOT EXISTS guard BEFORE INSERT ON t BEGIN "
        "SELECT CASE WHEN NEW.n < 0 THEN RAISE(ABORT, 'too small') END; END;",
        queries=("SELECT 1",),
    ),
    Feature(
        "a trigger of another table that writes this one",
        f"{_T} {_LOG} {_ROWS} CREATE TRIGGER log_ai AFTER INSERT ON log BEGIN "
        "UPDATE t SET n = NEW.n WHERE id = 1; END;",
        then=("INSERT INTO log VALUES ('x', 77)", "SELECT n FROM t WHERE id = 1"),
        answer=((77,),),
    ),
    Feature(
        "a temporary trigger",
        f"{_T} {_LOG} {_ROWS}",
        connected="CREATE TEMP TRIGGER tt AFTER INSERT ON t BEGIN "
        "INSERT INTO log VALUES ('tt', NEW.n); END;",
        then=("INSERT INTO t (id, n) VALUES (9, 90)", "SELECT * FROM log"),
        answer=(("tt", 90),),
    ),
    Feature(
        "a temporary trigger of another table that writes this one",
        f"{_T} {_LOG} {_ROWS}",
        connected="CREATE TEMP TRIGGER tt AFTER INSERT ON log BEGIN "
        "UPDATE t SET n = NEW.n WHERE id = 1; END;",
        then=("INSERT INTO log VALUES ('x', 77)", "SELECT n FROM t WHERE id = 1"),
        answer=((77,),),
    ),
    Feature(
        "temporary tables, views and triggers of their own",
        f"{_T} {_LOG} {_ROWS}",
        connected="CREATE TEMP TABLE scratch (n INTEGER); INSERT INTO scratch VALUES (1);"
        "CREATE TEMP VIEW tv AS SELECT t.n FROM main.t JOIN scratch;"
        "CREATE TEMP TRIGGER st AFTER INSERT ON scratch BEGIN "
        "INSERT INTO log VALUES ('st', NEW.n); END;",
        queries=("SELECT * FROM tv", "SELECT * FROM scratch"),
        then=("INSERT INTO scratch VALUES (5)", "SELECT * FROM log"),
        answer=(("st", 5),),
    ),
    Feature(
        "an attached database with tables of the same names",
        f"{_T} {_LOG} {_ROWS}",
        connected="ATTACH ':memory:' AS other; CREATE TABLE other.t (id INTEGER, n INTEGER);"
        "INSERT INTO other.t VALUES (1, -1); CREATE TABLE other.log (x);",
        queries=("SELECT * FROM other.t", "SELECT sql FROM other.sqlite_master"),
    ),
    Feature(
        "views on it and on those",
        f"{_T} {_LOG} {_ROWS} CREATE VIEW v AS SELECT t.id, n FROM t WHERE n > 5;"
        "CREATE VIEW vv (a, b) AS SELECT v.id, log.n FROM v LEFT JOIN log ON log.n = v.n;"
        'CREATE VIEW "odd view" AS WITH c AS (SELECT n FROM "t") SELECT count(*) AS k FROM c;',
        queries=("SELECT * FROM v", "SELECT * FROM vv", 'SELECT * FROM "odd view"'),
    ),
    Feature(
        "INSTEAD OF triggers of a view on it",
        f"{_T} {_ROWS} CREATE VIEW v AS SELECT id, n FROM t;"
        "CREATE TRIGGER v_in INSTEAD OF INSERT ON v BEGIN "
        "INSERT INTO t (id, n) VALUES (NEW.id, NEW.n); END;"
        "CREATE TRIGGER v_del INSTEAD OF DELETE ON v BEGIN DELETE FROM t WHERE id = OLD.id; END;",
        queries=("SELECT * FROM v",),
        then=(
            "INSERT INTO v VALUES (8, 80)",
            "DELETE FROM v WHERE id = 1",
            "SELECT id FROM t ORDER BY id",
        ),
        answer=((2,), (5,), (8,)),
    ),
    Feature("a partial index", f"{_T} {_ROWS} CREATE INDEX t_n ON t (n) WHERE n > 5 AND s <> '';"),
    Feature(
        "an expression index",
        f"{_T} {_ROWS} CREATE UNIQUE INDEX t_s ON t (lower(s), n + 1 DESC, substr(s, 1, 2));",
    ),
    Feature(
        "indexes with collations, in descending order",
        f"{_T} {_ROWS} CREATE INDEX t_1 ON t (s COLLATE NOCASE DESC, n ASC);"
        "CREATE INDEX t_2 ON t (s COLLATE rtrim);",
    ),
    Feature(
        "indexes written by hand",
        f"{_T} {_ROWS} create  unique index\n  if not exists t_n -- what for\n  on t\n(\n  n, "
        "/* and */ s\n) where n is not null;"
        'CREATE INDEX [odd index] ON [t] (`n`, "s");',
    ),
    Feature(
        "AUTOINCREMENT past deleted rows",
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, n INTEGER);"
        "CREATE TABLE u (id INTEGER PRIMARY KEY AUTOINCREMENT);"
        "INSERT INTO t (n) VALUES (1), (2), (3); DELETE FROM t WHERE id = 3;"
        "INSERT INTO u VALUES (40);",
        then=("INSERT INTO t (n) VALUES (9)", "SELECT max(id) FROM t"),
        answer=((4,),),
    ),
    Feature(
        "AUTOINCREMENT of a table that was emptied",
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, n INTEGER);"
        "INSERT INTO t (id, n) VALUES (500, 1); DELETE FROM t;",
        then=("INSERT INTO t (n) VALUES (9)", "SELECT id FROM t"),
        answer=((501,),),
    ),
    Feature(
        "AUTOINCREMENT of a table that never had a row",
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, n INTEGER);",
        then=("INSERT INTO t (n) VALUES (9)", "SELECT id FROM t"),
        answer=((1,),),
    ),
    Feature(
        "AUTOINCREMENT with a counter that was set by hand",
        "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, n INTEGER);"
        "INSERT INTO t (n) VALUES (1); UPDATE sqlite_sequence SET seq = 9000 WHERE name = 't';",
        then=("INSERT INTO t (n) VALUES (9)", "SELECT max(id) FROM t"),
        answer=((9001,),),
    ),
    Feature(
        "full-text search over its rowids",
        f"{_FTS} CREATE VIRTUAL TABLE f USING fts5(title, content='t');"
        "INSERT INTO f (f) VALUES ('rebuild');"
        "CREATE TRIGGER t_ai AFTER INSERT ON t BEGIN "
        "INSERT INTO f (rowid, title) VALUES (NEW.rowid, NEW.title); END;",
        queries=(
            "SELECT rowid, title FROM f WHERE f MATCH 'fox' ORDER BY rowid",
            "SELECT rowid, title FROM f WHERE f MATCH 'red' ORDER BY rowid",
        ),
        then=(
            "INSERT INTO f (f) VALUES ('integrity-check')",
            "INSERT INTO t (rowid, title) VALUES (70, 'old fox')",
            "SELECT rowid FROM f WHERE f MATCH 'fox' ORDER BY rowid",
        ),
        answer=((3,), (7,), (70,)),
    ),
    Feature(
        "full-text search of the fourth kind",
        f'{_FTS} CREATE VIRTUAL TABLE f USING fts4(title, content="t");'
        "INSERT INTO f (f) VALUES ('rebuild');",
        queries=("SELECT rowid, title FROM f WHERE f MATCH 'hen' ORDER BY rowid",),
    ),
    Feature(
        "rowids of a table without a key",
        "CREATE TABLE t (n INTEGER); INSERT INTO t (rowid, n) VALUES (100, 1), (-3, 2), "
        "(9223372036854775807, 3), (0, 4);",
        queries=("SELECT rowid, n FROM t ORDER BY rowid",),
    ),
    Feature(
        "rowids of a table whose column is called rowid",
        "CREATE TABLE t (rowid TEXT, n INTEGER);"
        "INSERT INTO t (_rowid_, rowid, n) VALUES (10, 'x', 1), (20, 'y', 2);",
        queries=("SELECT oid, rowid, n FROM t ORDER BY oid",),
    ),
    Feature(
        "all three names of the rowid as columns",
        "CREATE TABLE t (rowid TEXT, oid TEXT, _rowid_ TEXT, n INTEGER);"
        "INSERT INTO t VALUES ('x', 'y', 'z', 1), ('a', 'b', 'c', 2);",
    ),
    Feature(
        "statistics",
        f"{_T} {_ROWS} CREATE INDEX t_n ON t (n); CREATE TABLE u (x); CREATE INDEX u_x ON u (x);"
        "INSERT INTO u VALUES (1), (1); ANALYZE;",
        queries=("SELECT * FROM sqlite_stat1 ORDER BY tbl, idx",),
    ),
    Feature(
        "statistics of other tables only",
        f"{_T} {_ROWS} CREATE INDEX t_n ON t (n); CREATE TABLE u (x); CREATE INDEX u_x ON u (x);"
        "INSERT INTO u VALUES (1), (1); ANALYZE u;",
        queries=("SELECT * FROM sqlite_stat1 ORDER BY tbl, idx",),
    ),
    Feature(
        "a view that is broken already",
        _broken(
            "CREATE VIEW broken AS SELECT nosuch FROM t; CREATE VIEW lost AS SELECT * FROM gone;"
            "CREATE VIEW fine AS SELECT n FROM t;"
        ),
        queries=("SELECT * FROM broken", "SELECT * FROM lost", "SELECT * FROM fine"),
    ),
    Feature(
        "a trigger that is broken already",
        _broken(
            f"{_LOG} CREATE TRIGGER bad AFTER INSERT ON log BEGIN INSERT INTO gone VALUES (1); END;"
        ),
        queries=("EXPLAIN INSERT INTO log VALUES ('x', 1)",),
    ),
    Feature(
        "a trigger of its own that is broken already",
        _broken("CREATE TRIGGER bad AFTER UPDATE ON t BEGIN DELETE FROM gone WHERE x = 1; END;"),
        queries=("EXPLAIN UPDATE t SET n = 1",),
    ),
    Feature(
        "neighbours with names like its own",
        f"{_T} {_ROWS} CREATE TABLE t2 (t INTEGER, n INTEGER REFERENCES t (id));"
        "CREATE TABLE t_n (x); CREATE INDEX t3 ON t2 (t); CREATE TABLE [T 1] (x);"
        "INSERT INTO t2 VALUES (1, 1), (2, 5); INSERT INTO t_n VALUES ('t');"
        "CREATE TRIGGER t_t AFTER INSERT ON t2 BEGIN UPDATE t2 SET t = t + 1; END;",
        queries=("SELECT * FROM t2",),
    ),
    Feature(
        "an R*Tree beside it",
        f"{_T} {_ROWS} CREATE VIRTUAL TABLE r USING rtree(id, a, b);"
        "INSERT INTO r VALUES (1, 0, 5), (2, 3, 4);"
        "CREATE TRIGGER t_ai AFTER INSERT ON t BEGIN INSERT INTO r VALUES (NEW.id, 1, 2); END;",
        queries=("SELECT id FROM r WHERE a > 1",),
    ),
]
