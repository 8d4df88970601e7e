"""What a database holds, read without flaskmig: the independent witness of the live tests."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from tests.postgres import Server

# What flaskmig keeps for itself in a database.
OWN_TABLES = frozenset({"alembic_version", "flaskmig_journal"})

_POSTGRESQL_LEFT = """
SELECT n.nspname || '.' || c.relname AS name, n.nspname, c.relname FROM pg_class c
  JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND {user_schema}
UNION ALL
SELECT 'type ' || n.nspname || '.' || t.typname, n.nspname, t.typname FROM pg_type t
  JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype IN ('e', 'd') AND {user_schema}
UNION ALL
SELECT 'schema ' || n.nspname, n.nspname, '' FROM pg_namespace n
  WHERE n.nspname <> 'public' AND {user_schema}
""".format(user_schema=r"n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'")


def everything(connection: Connection) -> set[str]:
    """The objects in the database, but for what flaskmig keeps for itself."""
    if connection.dialect.name == "postgresql":
        rows = connection.exec_driver_sql(_POSTGRESQL_LEFT).all()
        return {row.name for row in rows if row.relname not in OWN_TABLES}
    query = "SELECT type, name, tbl_name FROM sqlite_master WHERE substr(name, 1, 7) <> 'sqlite_'"
    rows = connection.exec_driver_sql(query).all()
    return {f"{row.type} {row.name}" for row in rows if row.tbl_name not in OWN_TABLES}


def sqlite_shape(connection: Connection) -> dict[str, object]:
    """Every table of a SQLite database as its pragmas tell it; the order of columns apart.

    Views and triggers are there by their text.
    """
    inspector = sa.inspect(connection)
    names = set(inspector.get_table_names()) - OWN_TABLES
    tables: dict[str, object] = {name: _sqlite_table(connection, name) for name in sorted(names)}
    query = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('view', 'trigger')"
    texts = connection.exec_driver_sql(query)
    return tables | {f"{row.type} {row.name}": " ".join(row.sql.split()) for row in texts}


def _sqlite_table(connection: Connection, name: str) -> dict[str, object]:
    def pragma(kind: str, of: str = name) -> list[tuple[object, ...]]:
        quoted = of.replace('"', '""')
        return [tuple(row) for row in connection.exec_driver_sql(f'PRAGMA {kind}("{quoted}")')]

    columns = sorted(pragma("table_xinfo"), key=lambda row: str(row[1]))
    numbers = {row[0]: row[1] for row in columns}
    keys: dict[object, list[tuple[object, ...]]] = {}
    for row in pragma("foreign_key_list"):
        keys.setdefault(row[0], []).append(row[1:])
    indexes = []
    for _, index, unique, origin, partial in pragma("index_list"):
        parts = [
            (numbers.get(row[1], "an expression"), *row[3:5], row[5])
            for row in pragma("index_xinfo", str(index))
        ]
        # SQLite names the indexes of constraints itself, by their position.
        shown = index if origin == "c" else ""
        indexes.append((shown, unique, origin, partial, parts if origin != "pk" else parts[:0]))
    return {
        "columns": [(*row[1:5], row[5], row[6]) for row in columns],
        "foreign keys": sorted(map(repr, (sorted(key, key=repr) for key in keys.values()))),
        "indexes": sorted(map(repr, indexes)),
        "checks": sorted(_sqlite_checks(connection, name)),
        "kind": [row[2:3] + row[4:] for row in pragma("table_list") if row[0] == "main"],
        "said": sorted(_sqlite_words(connection, name)),
    }


def _sqlite_text(connection: Connection, name: str) -> str:
    query = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?"
    (sql,) = connection.exec_driver_sql(query, (name,)).one()
    return str(sql)


_SQLITE_WORDS = re.compile(
    r"\bCOLLATE\s+\S+|\bAUTOINCREMENT\b|\bON\s+CONFLICT\s+\w+|\bDEFERRABLE\b[\w\s]*"
    r"|\bAS\s*(?=\()|\bCONSTRAINT\s+\S+",
    re.I,
)


def _sqlite_words(connection: Connection, name: str) -> Iterator[str]:
    """What no pragma tells of a table, with the column or constraint that says it."""
    sql = _sqlite_text(connection, name)
    start = sql.index("(") + 1
    for element in _elements(sql[start : _closing(sql, start)]):
        for found in _SQLITE_WORDS.finditer(element):
            said = found.group()
            if said.rstrip().upper() == "AS":
                said = element[found.start() : _closing(element, found.end() + 1)]
            owner = [] if said.upper() == "AUTOINCREMENT" else element.split()[:1]
            words = [*owner, *said.split()]
            yield " ".join(word.strip('"') for word in words)


def _elements(body: str) -> Iterator[str]:
    """The definitions in a CREATE TABLE, cut at the commas that are in no parentheses."""
    depth = start = 0
    for token in re.finditer(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|[(),]", body):
        depth += {"(": 1, ")": -1}.get(token.group(), 0)
        if token.group() == "," and depth == 0:
            yield body[start : token.start()].strip()
            start = token.end()
    yield body[start:].strip()


def _sqlite_checks(connection: Connection, name: str) -> list[str]:
    sql = _sqlite_text(connection, name)
    starts = (found.end() for found in re.finditer(r"\bCHECK\s*\(", sql))
    return [" ".join(sql[start : _closing(sql, start)].split()) for start in starts]


def _closing(sql: str, start: int) -> int:
    """Where the parenthesis that is open at ``start`` closes."""
    depth = 1
    for token in re.finditer(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|[()]", sql[start:]):
        depth += {"(": 1, ")": -1}.get(token.group(), 0)
        if depth == 0:
            return start + token.start()
    raise AssertionError(f"no parenthesis closes the one at {start} in {sql}")


def postgresql_dump(server: Server, database: str) -> list[str]:
    """``pg_dump --schema-only`` as a sorted list of statements; the order of columns apart."""
    command: list[str | Path] = [server.binaries / "pg_dump", "--schema-only", "--no-owner"]
    command += [f"--exclude-table=*.{name}" for name in sorted(OWN_TABLES)]
    url = server.url(database).replace("postgresql+psycopg:", "postgresql:")
    environment = {**os.environ, "LC_ALL": "C"}
    done = subprocess.run(
        [*command, url], capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 0, done.stderr
    # Comments, and the \restrict lines whose key is random.
    lines = [line for line in done.stdout.splitlines() if not re.match(r"--|\\|\s*$", line)]
    statements = re.split(r";\n", "\n".join(lines) + "\n")
    return sorted(_sorted_columns(statement) for statement in statements if statement.strip())


def _sorted_columns(statement: str) -> str:
    if not statement.startswith("CREATE TABLE"):
        return statement
    first, *body, last = statement.split("\n")
    return "\n".join([first, *sorted(line.rstrip(",") for line in body), last])
