"""The rows that stand against a new key: SQLite names the columns, and no value."""

from __future__ import annotations

import re
import sqlite3

from flaskmig.dialects.base import STAND_IN
from flaskmig.dialects.sqlite.driver import query
from flaskmig.sql import quote

_FAILED = re.compile(r"UNIQUE constraint failed: (?!index )(.+)")
_SHOWN = 3


def duplicates(raw: sqlite3.Connection, error: str) -> str:
    """The first values that several rows have, with how many; empty where there is nothing to say.

    ``error`` is what SQLite said. A copy that was to take a table's place has none of its rows
    any more, so the table itself is asked.
    """
    failed = _FAILED.match(error)
    if failed is None:
        return ""
    parts = [part.rpartition(".") for part in failed[1].split(", ")]
    table, names = parts[0][0].removeprefix(STAND_IN), [column for _, _, column in parts]
    columns = [quote(name) for name in names]
    there = " AND ".join(f"{column} IS NOT NULL" for column in columns)
    values = ", ".join(f"quote({column})" for column in columns)
    try:
        rows = query(
            raw,
            f"SELECT count(*), {values} FROM {quote(table)} WHERE {there} "
            f"GROUP BY {', '.join(columns)} HAVING count(*) > 1 ORDER BY 1 DESC LIMIT {_SHOWN}",
        )
    except sqlite3.OperationalError:
        # A column that the change makes is not there yet, or a name had a comma in it.
        return ""
    return "\n".join(_named(names, row[1:], row[0]) for row in rows)


def _named(names: list[str], values: tuple[str, ...], count: int) -> str:
    cells = zip(names, values, strict=True)
    return f"{', '.join(f'{name} = {value}' for name, value in cells)} is in {count} rows"
