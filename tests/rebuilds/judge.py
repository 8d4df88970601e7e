"""What a SQLite database holds, by sqlite_master and raw pragmas: nothing here asks flaskmig."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

# What flaskmig writes by itself.
OURS = ("alembic_version", "flaskmig_journal")
STAND_IN = "_flaskmig"

Row: TypeAlias = tuple[object, ...]


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@dataclass(frozen=True)
class Look:
    """All of a database: ``texts`` by place, kind and name; ``facts`` by table; ``rows`` by table.

    Each cell is its value and its typeof(), under the column's name; the row's rowid, where it
    has one, is under "rowid".
    """

    texts: dict[tuple[str, str, str], tuple[str, str | None]]
    facts: dict[tuple[str, str], list[Row]]
    rows: dict[str, list[dict[str, Row]]]
    sequences: dict[str, object]
    violations: list[Row]
    answers: dict[str, object]

    @property
    def tables(self) -> dict[str, str]:
        """The stored text of each table of the database."""
        return {
            name: sql or ""
            for (place, kind, name), (_, sql) in self.texts.items()
            if (place, kind) == ("main", "table")
        }


def look(raw: sqlite3.Connection, queries: Collection[str] = ()) -> Look:
    """Everything; ``queries`` are asked too, an error being an answer like any other."""
    # What is no UTF-8 is told apart too.
    raw.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
    texts = dict(_texts(raw))
    tables = [name for place, kind, name in texts if (place, kind) == ("main", "table")]
    return Look(
        texts=texts,
        facts={(table, what): rows for table in tables for what, rows in _facts(raw, table)},
        rows={table: list(_rows(raw, table)) for table in tables},
        sequences=dict(_sequences(raw)),
        violations=_violations(raw, tables),
        answers={query: answer(raw, query) for query in queries},
    )


def answer(raw: sqlite3.Connection, query: str) -> object:
    """The rows of a query, or what SQLite says against it."""
    try:
        return raw.execute(query).fetchall()
    except sqlite3.Error as error:
        return str(error)


def _texts(
    raw: sqlite3.Connection,
) -> Iterator[tuple[tuple[str, str, str], tuple[str, str | None]]]:
    for place, master in (("main", "main.sqlite_master"), ("temp", "temp.sqlite_master")):
        query = f"SELECT type, name, tbl_name, sql FROM {master}"
        for kind, name, table, sql in raw.execute(query):
            if name not in OURS and table not in OURS:
                yield (place, kind, name), (table, sql)


def _facts(raw: sqlite3.Connection, table: str) -> Iterator[tuple[str, list[Row]]]:
    address = quoted(table)
    for pragma in ("table_xinfo", "foreign_key_list"):
        yield pragma, raw.execute(f"PRAGMA main.{pragma}({address})").fetchall()
    yield (
        "table_list",
        raw.execute(
            "SELECT type, ncol, wr, strict FROM pragma_table_list WHERE schema = 'main' "
            "AND name = ?",
            (table,),
        ).fetchall(),
    )
    # The first column is a number that depends on the order in which indexes were made.
    indexes = raw.execute(f"PRAGMA main.index_list({address})").fetchall()
    yield "index_list", sorted(row[1:] for row in indexes)
    for name in sorted(row[1] for row in indexes):
        parts = raw.execute(f"PRAGMA main.index_xinfo({quoted(name)})").fetchall()
        # Behind the key comes what finds the row: all other columns in a table without rowids.
        yield f"index {name}", [part for part in parts if part[5]]


def _rows(raw: sqlite3.Connection, table: str) -> Iterator[dict[str, Row]]:
    """The rows of a table; not of a virtual one, whose columns are not what it keeps."""
    address = f"main.{quoted(table)}"
    if _is_virtual(raw, table):
        return
    names = [row[1] for row in raw.execute(f"PRAGMA main.table_xinfo({quoted(table)})")]
    parts = [part for name in names for part in (quoted(name), f"typeof({quoted(name)})")]
    if _has_rowid(raw, table, names):
        names = ["rowid", *names]
        parts = ["rowid", "typeof(rowid)", *parts]
    order = ", ".join(str(2 * place + 1) for place in range(len(names)))
    for row in raw.execute(f"SELECT {', '.join(parts)} FROM {address} ORDER BY {order}"):
        yield {name: row[2 * place : 2 * place + 2] for place, name in enumerate(names)}


def _is_virtual(raw: sqlite3.Connection, table: str) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE name = ? AND sql LIKE 'CREATE VIRTUAL %'"
    return bool(raw.execute(query, (table,)).fetchall())


def _has_rowid(raw: sqlite3.Connection, table: str, names: list[str]) -> bool:
    if table.startswith("sqlite_") or "rowid" in (name.lower() for name in names):
        return False
    try:
        raw.execute(f"SELECT rowid FROM main.{quoted(table)} LIMIT 1")
    except sqlite3.OperationalError:
        return False
    return True


def _sequences(raw: sqlite3.Connection) -> Iterator[tuple[str, Any]]:
    if raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'").fetchall():
        yield from raw.execute("SELECT name, seq FROM sqlite_sequence")


def _violations(raw: sqlite3.Connection, tables: Collection[str]) -> list[Row]:
    found: list[Row] = []
    for table in tables:
        told = answer(raw, f"PRAGMA main.foreign_key_check({quoted(table)})")
        # The last column numbers the foreign keys, in the order of the table's text.
        found += [row[:3] for row in told] if isinstance(told, list) else [(table, told)]
    return sorted(found, key=repr)
