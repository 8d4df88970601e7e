"""Views and triggers that do not compile: SQLite lets them stand until somebody uses them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import count

from flaskmig.dialects.sqlite.driver import query
from flaskmig.sql import quote

_numbers = count()

_VIEWS = "SELECT name FROM sqlite_master WHERE type = 'view'"
_TRIGGERED = """
SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'
UNION SELECT tbl_name FROM sqlite_temp_master WHERE type = 'trigger'
"""


def broken_views(raw: sqlite3.Connection) -> dict[str, str]:
    """The views that do not compile, and what SQLite says against each."""
    broken = {}
    for (name,) in query(raw, _VIEWS):
        error = compile_error(raw, view_probe(name))
        if error:
            broken[name] = error
    return broken


def broken_triggers(raw: sqlite3.Connection) -> dict[str, str]:
    """The tables and views whose triggers do not compile.

    EXPLAIN compiles a statement together with every trigger it would fire and runs nothing.
    """
    broken = {}
    for (name,) in query(raw, _TRIGGERED):
        for sql in trigger_probes(raw, name):
            error = compile_error(raw, sql)
            # A view may have triggers for some of the three only.
            if error and "cannot modify" not in error:
                broken[name] = error
    return broken


def view_probe(view: str) -> str:
    """A statement that compiles the view and runs nothing."""
    return f"EXPLAIN SELECT * FROM main.{quote(view)}"


def trigger_probes(raw: sqlite3.Connection, table: str) -> Iterator[str]:
    """Statements that compile every trigger of the table or view and run nothing."""
    yield f"EXPLAIN INSERT INTO {quote(table)} DEFAULT VALUES"
    yield f"EXPLAIN DELETE FROM {quote(table)}"
    try:
        columns = query(raw, "SELECT name, hidden FROM pragma_table_xinfo(?)", (table,))
    except sqlite3.OperationalError:
        # A view that is broken itself has no columns, and the statements above say why.
        return
    plain = [quote(column) for column, hidden in columns if not hidden]
    yield f"EXPLAIN UPDATE {quote(table)} SET {', '.join(f'{each} = {each}' for each in plain)}"


def compile_error(raw: sqlite3.Connection, sql: str) -> str | None:
    """What SQLite says against the statement, None where it has nothing against it.

    No text is used twice: Python keeps prepared statements, and an EXPLAIN that SQLite prepares
    anew after the schema changed has ended the process (seen with 3.40.1).
    """
    try:
        query(raw, f"{sql} -- {next(_numbers)}")
    except sqlite3.OperationalError as error:
        return str(error)
    return None
