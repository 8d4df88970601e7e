"""What a rebuild must not break: foreign keys, views and triggers, compared before and after.

A database may have broken ones already; those do not stop a migration, new ones do. The
comparison is made once, before the step is committed, because inside a step a foreign key may
well point at what a later statement makes.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import TypeAlias

from flaskmig.dialects.base import Statement
from flaskmig.dialects.sqlite.driver import query
from flaskmig.errors import OperationError
from flaskmig.sql import quote

_numbers = count()

Violations: TypeAlias = "Counter[tuple[int | None, str]]"

_CHILDREN = """
SELECT DISTINCT m.name FROM sqlite_master AS m JOIN pragma_foreign_key_list(m.name) AS f
WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL %' AND lower(f."table") = lower(?)
"""
_REFERRING = """
SELECT DISTINCT m.name FROM sqlite_master AS m JOIN pragma_foreign_key_list(m.name)
WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL %'
"""
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"
_NO_CASCADES = (
    "delete those rows or give them a valid key; SQLite does not carry out ON DELETE and "
    "ON UPDATE while a revision runs"
)
_VIEWS = "SELECT name FROM sqlite_master WHERE type = 'view'"
_TRIGGERED = """
SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'
UNION SELECT tbl_name FROM sqlite_temp_master WHERE type = 'trigger'
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch(Statement):
    """Looks at the foreign keys of and to a table before it is changed; `step` compares."""

    table: str
    rebuilt: bool = True


@dataclass(slots=True)
class Watched:
    """What was broken before; made by what is first to be watched in a step.

    ``views`` and ``triggers`` are None until a table is changed.
    """

    raw: sqlite3.Connection
    tables: frozenset[str] = field(init=False)
    views: dict[str, str] | None = None
    triggers: dict[str, str] | None = None
    rows: bool = False
    violations: dict[str, Violations] = field(default_factory=dict)
    rebuilt: dict[str, bool] = field(default_factory=dict)
    watched: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tables = frozenset(row[0].lower() for row in query(self.raw, _TABLES))

    def watch(self, table: str, *, rebuilt: bool) -> None:
        """Note what is wrong with the table's foreign keys, and whether ANALYZE knows it."""
        if self.views is None:
            self.views = _broken_views(self.raw)
            self.triggers = _broken_triggers(self.raw)
        self.watched[table.lower()] = table
        for name in _family(self.raw, table):
            if name.lower() not in self.violations:
                self.violations[name.lower()] = _violations(self.raw, name)
        if rebuilt:
            self.rebuilt.setdefault(table.lower(), _analyzed(self.raw, table))

    def watch_rows(self) -> None:
        """Note what is wrong with all foreign keys; each table is looked at once."""
        if self.rows:
            return
        self.rows = True
        for (name,) in query(self.raw, _REFERRING):
            if name.lower() not in self.violations:
                self.violations[name.lower()] = _violations(self.raw, name)

    def compare(self) -> None:
        """Raises OperationError for what is broken now and was not before."""
        existing = {row[0].lower(): row[0] for row in query(self.raw, _TABLES)}
        for key, analyzed in self.rebuilt.items():
            if key in existing:
                _check_table(self.raw, existing[key])
                if analyzed:
                    query(self.raw, f"ANALYZE main.{quote(existing[key])}")
        self._compare_foreign_keys(existing)
        if self.views is None or self.triggers is None:
            return
        views = _new(self.views, _broken_views(self.raw))
        triggers = _new(self.triggers, _broken_triggers(self.raw))
        for what, found in (("view", views), ("triggers of", triggers)):
            for name, error in found.items():
                raise OperationError(
                    f"{what} {name} would no longer work: {error}",
                    hint=f"drop {what} {name} first and make it anew afterwards",
                )

    def _compare_foreign_keys(self, existing: dict[str, str]) -> None:
        # A table that was renamed in this step is found under a name that was not there.
        vanished: Violations = Counter()
        for name, violations in self.violations.items():
            if name not in existing:
                vanished += violations
        for name in sorted(set(self._compared(existing))):
            known = self.violations.get(name.lower(), Counter())
            if name.lower() not in self.tables:
                known = known + vanished
            new = _violations(self.raw, name) - known
            if new:
                raise OperationError(
                    _violation_message(name, new),
                    hint=_NO_CASCADES
                    if self.rows
                    else "delete those rows or give them a valid key first; "
                    f'PRAGMA foreign_key_check("{name}") lists them',
                )

    def _compared(self, existing: dict[str, str]) -> Iterator[str]:
        """The tables whose foreign keys are looked at again."""
        if self.rows:
            yield from (row[0] for row in query(self.raw, _REFERRING))
        for table in self.watched.values():
            if table.lower() in existing:
                yield from _family(self.raw, table)


def _violation_message(table: str, new: Violations) -> str:
    mismatches = [parent for rowid, parent in new if rowid == -1]
    if mismatches:
        return f"a foreign key of table {table} would not work: {mismatches[0]}"
    parents = ", ".join(sorted({parent for _, parent in new}))
    count = sum(new.values())
    rows = "1 row" if count == 1 else f"{count} rows"
    return f"{rows} of table {table} would point at rows of {parents} that are not there"


def _family(raw: sqlite3.Connection, table: str) -> list[str]:
    """The table and those that have foreign keys to it."""
    children = [row[0] for row in query(raw, _CHILDREN, (table,))]
    return [table, *(name for name in children if name.lower() != table.lower())]


def _violations(raw: sqlite3.Connection, table: str) -> Violations:
    """Rows without their parent row; a foreign key that cannot work at all counts as row -1."""
    try:
        rows = query(raw, f"PRAGMA main.foreign_key_check({quote(table)})")
    except sqlite3.OperationalError as error:
        if "foreign key mismatch" not in str(error):
            raise
        return Counter({(-1, str(error)): 1})
    return Counter((row[1], row[2]) for row in rows)


def _analyzed(raw: sqlite3.Connection, table: str) -> bool:
    if not query(raw, "SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'"):
        return False
    return bool(
        query(raw, "SELECT 1 FROM sqlite_stat1 WHERE lower(tbl) = lower(?) LIMIT 1", (table,))
    )


def _check_table(raw: sqlite3.Connection, table: str) -> None:
    problems = [row[0] for row in query(raw, f"PRAGMA main.quick_check({quote(table)})")]
    problems = [each for each in problems if each != "ok" and not _is_imagined(raw, table, each)]
    if problems:
        raise OperationError(f"table {table} did not survive its rebuild: {problems[0]}")


def _is_imagined(raw: sqlite3.Connection, table: str, problem: str) -> bool:
    """Whether the check reports a NULL that no row has.

    SQLite 3.40 looks into the wrong column of a WITHOUT ROWID table whose key is not its first.
    """
    for row in query(raw, f"PRAGMA main.table_xinfo({quote(table)})"):
        if problem == f"NULL value in {table}.{row[1]}":
            column = f"{quote(table)} WHERE {quote(row[1])} IS NULL"
            return not query(raw, f"SELECT 1 FROM main.{column} LIMIT 1")
    return False


def _broken_views(raw: sqlite3.Connection) -> dict[str, str]:
    broken = {}
    for (name,) in query(raw, _VIEWS):
        error = _error(raw, f"EXPLAIN SELECT * FROM main.{quote(name)}")
        if error:
            broken[name] = error
    return broken


def _broken_triggers(raw: sqlite3.Connection) -> dict[str, str]:
    """The tables and views whose triggers do not compile.

    EXPLAIN compiles a statement together with every trigger it would fire and runs nothing.
    """
    broken = {}
    for (name,) in query(raw, _TRIGGERED):
        columns = query(raw, "SELECT name, hidden FROM pragma_table_xinfo(?)", (name,))
        plain = [quote(column) for column, hidden in columns if not hidden]
        assignments = ", ".join(f"{column} = {column}" for column in plain)
        table = quote(name)
        for sql in (
            f"EXPLAIN INSERT INTO {table} DEFAULT VALUES",
            f"EXPLAIN UPDATE {table} SET {assignments}",
            f"EXPLAIN DELETE FROM {table}",
        ):
            error = _error(raw, sql)
            # A view may have triggers for some of the three only.
            if error and "cannot modify" not in error:
                broken[name] = error
    return broken


def _error(raw: sqlite3.Connection, sql: str) -> str | None:
    """What SQLite says against the statement, None where it has nothing against it.

    No text is used twice: Python keeps prepared statements, and an EXPLAIN that SQLite prepares
    anew after the schema changed has ended the process (seen with 3.40.1).
    """
    try:
        query(raw, f"{sql} -- {next(_numbers)}")
    except sqlite3.OperationalError as error:
        return str(error)
    return None


def _new(before: dict[str, str], after: dict[str, str]) -> dict[str, str]:
    return {name: error for name, error in after.items() if name not in before}
