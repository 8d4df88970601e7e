"""What a database and a file hold, judged without flaskmig: by catalogues, rows and Python."""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Connection, Engine

from tests.hostile.payloads import CANARY
from tests.hostile.units import Unit, literal, names, quoted
from tests.laws.judge import shape
from tests.live.catalogue import OWN_TABLES

_NAMES = {
    "sqlite": {
        "table": "SELECT name FROM sqlite_master WHERE type = 'table'",
        "index": "SELECT name FROM sqlite_master WHERE type = 'index'",
        "view": "SELECT name FROM sqlite_master WHERE type = 'view'",
        "trigger": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "column": "SELECT c.name FROM sqlite_master m, pragma_table_xinfo(m.name) c "
        "WHERE m.type = 'table'",
    },
    "postgresql": {
        "table": "SELECT relname FROM pg_class WHERE relkind = 'r'",
        "index": "SELECT relname FROM pg_class WHERE relkind = 'i'",
        "view": "SELECT relname FROM pg_class WHERE relkind = 'v'",
        "sequence": "SELECT relname FROM pg_class WHERE relkind = 'S'",
        "trigger": "SELECT tgname FROM pg_trigger",
        "function": "SELECT proname FROM pg_proc",
        "schema": "SELECT nspname FROM pg_namespace",
        "enum": "SELECT typname FROM pg_type WHERE typtype = 'e'",
        "constraint": "SELECT conname FROM pg_constraint",
        "column": "SELECT attname FROM pg_attribute",
    },
}
_MORE = r"""
SELECT 'function ' || p.proname AS name, pg_get_functiondef(p.oid) AS facts
  FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prokind IN ('f', 'p')
UNION ALL SELECT 'domain ' || t.typname, concat_ws('|', t.typbasetype::regtype, t.typdefault,
    (SELECT string_agg(pg_get_constraintdef(o.oid), '|') FROM pg_constraint o
      WHERE o.contypid = t.oid))
  FROM pg_type t WHERE t.typtype = 'd' AND t.typnamespace = 'public'::regnamespace
UNION ALL SELECT concat_ws(' ', 'comment', d.classoid::regclass, coalesce(
      (SELECT c.relname FROM pg_class c
        WHERE d.classoid = 'pg_class'::regclass AND c.oid = d.objoid),
      (SELECT p.proname FROM pg_proc p
        WHERE d.classoid = 'pg_proc'::regclass AND p.oid = d.objoid),
      (SELECT g.tgname FROM pg_trigger g
        WHERE d.classoid = 'pg_trigger'::regclass AND g.oid = d.objoid)),
    CASE WHEN d.objsubid = 0 THEN '' ELSE (SELECT a.attname FROM pg_attribute a
      WHERE a.attrelid = d.objoid AND a.attnum = d.objsubid) END), d.description
  FROM pg_description d WHERE d.objoid >= 16384
"""

# All that may stand in a comment, whatever the database holds.
_REMARKS = re.compile(
    r"# (?:noqa: F401|Lossy: (?:dropping the (?:table deletes its rows|column deletes its values"
    r"|sequence forgets the numbers it has given)|the enum loses a value; a row that has it stops"
    r" this)\.)"
)
_IDENTIFIERS = frozenset({"op", "sa", "postgresql"})
_HEADER = frozenset({"revision", "down_revision", "branch_labels", "depends_on"})


def catalogue(engine: Engine) -> Mapping[str, Any]:
    """Everything that the raw catalogues tell of the database; what is flaskmig's own left out."""
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            return dict(_sqlite(connection))
        more = {row.name: row.facts for row in connection.exec_driver_sql(_MORE)}
        found = shape(connection) | more
        return {
            name: facts
            for name, facts in found.items()
            if not any(f".{own}" in f"{name} " for own in OWN_TABLES)
        }


def _sqlite(connection: Connection) -> Iterator[tuple[str, object]]:
    query = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    for kind, name, table, sql in connection.exec_driver_sql(query).all():
        if table in OWN_TABLES:
            continue
        yield f"{kind} {name}", (table, _words(sql))
        if kind == "table":
            for pragma in ("table_xinfo", "foreign_key_list", "index_list"):
                rows = connection.exec_driver_sql(f"PRAGMA {pragma}({quoted(name)})").all()
                yield f"{pragma} {name}", sorted(tuple(row)[1:] for row in rows)


def _words(sql: str | None) -> list[str]:
    """The words of a statement, wherever they stand in it: a column's own CHECK may move.

    Names are compared without their quotes, and strings with every character.
    """
    found = re.findall(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\w+|[^\s\w,]", sql or "")
    return sorted(re.sub(r'^"(\w+)"$', r"\1", word) for word in found)


def require_names(engine: Engine, units: Sequence[Unit]) -> None:
    """Each name is in the catalogue, character by character."""
    database = engine.dialect.name
    with engine.connect() as connection:
        there = {
            kind: set(connection.exec_driver_sql(query).scalars())
            for kind, query in _NAMES[database].items()
        }
    missing = [(kind, name) for kind, name in names(units, database) if name not in there[kind]]
    assert not missing, f"not in the catalogue under these names: {missing}"


def require_texts(engine: Engine, units: Sequence[Unit]) -> None:
    """Each text means what it was: defaults give it, views and triggers too, checks know it."""
    with engine.connect() as connection:
        for unit in units:
            _require_texts(connection, unit)
        connection.rollback()


def _require_texts(connection: Connection, unit: Unit) -> None:
    raw: Any = connection.connection.driver_connection
    cursor: Any = raw.cursor()
    table, column, text = quoted(unit.table), quoted(unit.column), unit.payload
    is_postgresql = connection.dialect.name == "postgresql"
    label = unit.label if is_postgresql else text

    def rows(sql: str) -> list[tuple[Any, ...]]:
        return list(cursor.execute(sql).fetchall())

    cursor.execute(f"INSERT INTO {table} (id, kind) VALUES (1, {literal(label)})")
    [(one, other, made, kind)] = rows(f"SELECT {column}, expression, made, kind FROM {table}")
    assert (one, other, made, kind) == (text, text, text + text, label), "defaults and labels"
    cursor.execute(f"UPDATE {table} SET {column} = 'plain', expression = 'y'")
    cursor.execute(f"UPDATE {table} SET parent = NULL")
    [(expression,)] = rows(f"SELECT expression FROM {table}")
    assert expression == text, "the trigger"
    [(_, told)] = rows(f"SELECT * FROM {quoted(unit.name('v'))}")
    assert told == text, "the view"
    if not is_postgresql:
        refused = f"UPDATE {table} SET expression = {literal(text + 'x')}"
        try:
            cursor.execute(refused)
        except raw_error(raw):
            pass
        else:
            raise AssertionError("the check does not know its text")
        return
    query = """SELECT obj_description(c.oid, 'pg_class'),
        col_description(c.oid, (SELECT attnum FROM pg_attribute a
                                 WHERE a.attrelid = c.oid AND a.attname = %s)),
        (SELECT obj_description(v.oid, 'pg_class') FROM pg_class v WHERE v.relname = %s),
        (SELECT obj_description(p.oid, 'pg_proc') FROM pg_proc p WHERE p.proname = %s),
        (SELECT obj_description(g.oid, 'pg_trigger') FROM pg_trigger g WHERE g.tgname = %s)
      FROM pg_class c WHERE c.relname = %s AND c.relnamespace = 'public'::regnamespace"""
    named = [unit.column, *(unit.name(kind) for kind in "vprt")]
    [comments] = cursor.execute(query, named).fetchall()
    assert comments == (text,) * 5, "comments"


def raw_error(raw: Any) -> type[Exception]:
    """The driver's error for what a constraint refuses."""
    import sqlite3

    assert isinstance(raw, sqlite3.Connection)
    return sqlite3.IntegrityError


def require_no_canary(engine: Engine, folder: Path) -> None:
    """Nothing ran that came as a string: no file and no table of that name, anywhere."""
    found = list(folder.rglob(f"*{CANARY}*"))
    assert not found, f"a string was executed as Python: {found}"
    queries = {
        "sqlite": f"SELECT name FROM sqlite_master WHERE lower(name) = '{CANARY}'",
        "postgresql": f"SELECT relname FROM pg_class WHERE relname = '{CANARY}'",
    }
    with engine.connect() as connection:
        there = connection.exec_driver_sql(queries[engine.dialect.name]).all()
    assert not there, "a string was executed as SQL"


def require_closed(path: Path) -> None:
    """The file is a header and calls of op; strings of the database are literals and no else."""
    source = path.read_bytes()
    tree = ast.parse(source)
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert [function.name for function in functions] == ["upgrade", "downgrade"]
    for function in functions:
        for statement in function.body:
            assert isinstance(statement, ast.Expr | ast.Pass), ast.unparse(statement)
            if isinstance(statement, ast.Expr):
                assert ast.unparse(statement).startswith("op."), ast.unparse(statement)
    for node in ast.walk(tree):
        match node:
            case ast.Name(name):
                assert name in _IDENTIFIERS | _HEADER, f"the name {name!r}"
            case ast.Attribute(_, name) | ast.keyword(arg=str() as name):
                assert re.fullmatch(r"[A-Za-z][A-Za-z_]*", name), f"the name {name!r}"
            case ast.JoinedStr() | ast.BinOp() | ast.Lambda() | ast.Subscript() | ast.Starred():
                raise AssertionError(ast.unparse(node))
            case _:
                pass
    lines = ast.get_docstring(tree)
    assert lines is not None
    assert re.fullmatch(
        r"hostile\n\nRevision ID: \w+\nRevises:[ \w]*\nCreate Date: [\d:. -]+", lines
    ), f"the docstring {lines!r}"
    for token in tokenize.tokenize(BytesIO(source).readline):
        if token.type == tokenize.COMMENT:
            assert _REMARKS.fullmatch(token.string), f"the comment {token.string!r}"
