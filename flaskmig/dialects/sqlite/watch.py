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
from typing import TypeAlias

from flaskmig.dialects.base import Statement
from flaskmig.dialects.sqlite.authority import Authority
from flaskmig.dialects.sqlite.broken import broken_triggers, broken_views
from flaskmig.dialects.sqlite.driver import query
from flaskmig.dialects.sqlite.readers import Reader, readers
from flaskmig.errors import OperationError
from flaskmig.sql import folded, quote

Violations: TypeAlias = "Counter[tuple[int | None, str]]"

_CHILDREN = """
SELECT DISTINCT m.name FROM sqlite_master AS m JOIN pragma_foreign_key_list(m.name, 'main') AS f
WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL %' AND lower(f."table") = lower(?)
"""
_REFERRING = """
SELECT DISTINCT m.name FROM sqlite_master AS m JOIN pragma_foreign_key_list(m.name, 'main')
WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL %'
"""
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"
_NO_CASCADES = (
    "delete those rows or give them a valid key; SQLite does not carry out ON DELETE and "
    "ON UPDATE while a revision runs"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch(Statement):
    """Looks at the foreign keys of and to a table before it is changed; `step` compares.

    ``dropped`` are columns that go. ``renumbered`` says that rows get other rowids. Where the
    whole table goes, ``is_dropped``, only rows count that refer to it, and only where the
    application enforces foreign keys.
    """

    table: str
    rebuilt: bool = True
    dropped: tuple[str, ...] = ()
    renumbered: bool = False
    is_dropped: bool = False


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
    renumbered: set[str] = field(default_factory=set)
    readers: list[Reader] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tables = frozenset(folded(row[0]) for row in query(self.raw, _TABLES))

    def watch(self, watch: Watch, authority: Authority) -> None:
        """Note what is wrong with the table's foreign keys, and whether ANALYZE knows it."""
        table = watch.table
        if self.views is None and not watch.is_dropped:
            self.views = broken_views(self.raw)
            self.triggers = broken_triggers(self.raw)
        self.watched[folded(table)] = table
        if watch.renumbered:
            self.renumbered.add(folded(table))
        if watch.dropped:
            self.readers += readers(self.raw, table, watch.dropped, authority)
        for name in _family(self.raw, table):
            if folded(name) not in self.violations:
                self.violations[folded(name)] = _violations(self.raw, name)
        if watch.rebuilt:
            self.rebuilt.setdefault(folded(table), _analyzed(self.raw, table))

    def watch_rows(self) -> None:
        """Note what is wrong with all foreign keys; each table is looked at once."""
        if self.rows:
            return
        self.rows = True
        for (name,) in query(self.raw, _REFERRING):
            if folded(name) not in self.violations:
                self.violations[folded(name)] = _violations(self.raw, name)

    def compare(self) -> None:
        """Raises OperationError for what is broken now and was not before."""
        existing = {folded(row[0]): row[0] for row in query(self.raw, _TABLES)}
        for key, analyzed in self.rebuilt.items():
            if key in existing:
                _check_table(self.raw, existing[key])
                if analyzed:
                    query(self.raw, f"ANALYZE main.{quote(existing[key])}")
        self._compare_foreign_keys(existing)
        for reader in self.readers:
            if reader.is_left(self.raw):
                raise OperationError(
                    f"{reader} reads {reader.table}.{reader.column}, which is dropped",
                    hint=f"drop {reader} first and make it anew afterwards",
                )
        if self.views is None or self.triggers is None:
            return
        views = _new(self.views, broken_views(self.raw))
        triggers = _new(self.triggers, broken_triggers(self.raw))
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
            known = self.violations.get(folded(name), Counter())
            if folded(name) not in self.tables:
                known = known + vanished
            found = _violations(self.raw, name)
            new = found - known
            if folded(name) in self.renumbered:
                new = _nameless(found) - _nameless(known)
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
            family = _family(self.raw, table)
            yield from (name for name in family if folded(name) in existing)


def _violation_message(table: str, new: Violations) -> str:
    mismatches = [parent for rowid, parent in new if rowid == -1]
    if mismatches:
        return f"a foreign key of table {table} would not work: {mismatches[0]}"
    parents = ", ".join(sorted({parent for _, parent in new}))
    count = sum(new.values())
    rows = "1 row" if count == 1 else f"{count} rows"
    return f"{rows} of table {table} would point at rows of {parents} that are not there"


def _nameless(violations: Violations) -> Violations:
    """The violations without the rows that they are of, those of keys that cannot work apart."""
    counted: Violations = Counter()
    for (rowid, parent), number in violations.items():
        counted[rowid if rowid == -1 else None, parent] += number
    return counted


def _family(raw: sqlite3.Connection, table: str) -> list[str]:
    """The table and those that have foreign keys to it."""
    children = [row[0] for row in query(raw, _CHILDREN, (table,))]
    return [table, *(name for name in children if folded(name) != folded(table))]


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


def _new(before: dict[str, str], after: dict[str, str]) -> dict[str, str]:
    return {name: error for name, error in after.items() if name not in before}
