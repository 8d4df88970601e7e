"""Which views and triggers read a column that is to go.

SQLite takes "a" for a text where there is no column a, and a name inside of a subquery for a
column outside of it, so that a view or trigger of which a column went may well compile, and
answer something else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass

from flaskmig.dialects.sqlite.authority import Authority
from flaskmig.dialects.sqlite.broken import compile_error, trigger_probes, view_probe
from flaskmig.dialects.sqlite.driver import query
from flaskmig.sql import folded, names

_COMPILED = """
SELECT type, name, tbl_name, sql FROM sqlite_master WHERE type IN ('view', 'trigger')
UNION ALL SELECT type, name, tbl_name, sql FROM sqlite_temp_master WHERE type = 'trigger'
"""


@dataclass(frozen=True, slots=True)
class Reader:
    """A view or trigger, its text, and the column that it reads."""

    kind: str
    name: str
    text: str
    table: str
    column: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

    def is_left(self, raw: sqlite3.Connection) -> bool:
        """Whether it is there as it was, and the column is gone from the table."""
        columns = query(raw, "SELECT name FROM pragma_table_xinfo(?, 'main')", (self.table,))
        names = {folded(row[0]) for row in columns}
        return (
            bool(names)
            and folded(self.column) not in names
            and any(row[0] == self.kind and row[3] == self.text for row in query(raw, _COMPILED))
        )


def readers(
    raw: sqlite3.Connection, table: str, columns: Collection[str], authority: Authority
) -> list[Reader]:
    """The views and triggers of the whole database that name and read one of the table's columns.

    One that says ``*`` reads every column, and goes on reading those that are left.
    """
    found: list[Reader] = []
    for kind, name, owner, text in query(raw, _COMPILED):
        probes = [view_probe(name)] if kind == "view" else list(trigger_probes(raw, owner))
        with authority.reading() as reads:
            for probe in probes:
                compile_error(raw, probe)
        named = names(text)
        for column in (column for column in columns if column.lower() in named):
            # A trigger is compiled together with the others of its table.
            if any(
                read[:2] == (folded(table), folded(column)) and (kind == "view" or read[2] == name)
                for read in reads
            ):
                found.append(Reader(kind, name, text, table, column))
    return found
