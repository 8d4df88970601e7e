"""Views and triggers that are broken already, out of the way of an ALTER TABLE.

SQLite reads every view and trigger when it renames or drops something, and refuses because of
one that has nothing to do with it. Such a one is dropped and made again by its own text.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from flaskmig.dialects.sqlite.broken import broken_triggers, broken_views
from flaskmig.dialects.sqlite.driver import query
from flaskmig.sql import quote

# "error in view v after rename: …" is of one that the statement itself would break.
_IN_THE_WAY = re.compile(r"error in (?:view|trigger) (?!.* after (?:rename|drop column): )")
_TEXTS = """
SELECT sql FROM sqlite_master
WHERE type = 'trigger' AND lower(tbl_name) = lower(?) AND sql IS NOT NULL ORDER BY rowid
"""


def is_in_the_way(sql: str, error: str) -> bool:
    """Whether a statement failed because of a view or trigger that it does not touch."""
    return sql.startswith("ALTER TABLE") and _IN_THE_WAY.match(error) is not None


@contextmanager
def set_aside(raw: sqlite3.Connection) -> Iterator[bool]:
    """Whether anything is broken; it is not there inside of this, and there again behind it."""
    views = list(_views(raw))
    triggers = list(_triggers(raw))
    query(raw, "SAVEPOINT flaskmig_aside")
    try:
        for name, _ in views:
            query(raw, f"DROP VIEW main.{quote(name)}")
        for name, _ in triggers:
            query(raw, f"DROP TRIGGER main.{quote(name)}")
        yield bool(views or triggers)
        for text in (*(text for _, texts in views for text in texts), *(t for _, t in triggers)):
            query(raw, text)
    except BaseException:
        query(raw, "ROLLBACK TO flaskmig_aside")
        raise
    finally:
        query(raw, "RELEASE flaskmig_aside")


def _views(raw: sqlite3.Connection) -> Iterator[tuple[str, list[str]]]:
    """Each broken view with its own text and those of its triggers."""
    for name in broken_views(raw):
        view = "SELECT sql FROM sqlite_master WHERE type = 'view' AND name = ?"
        yield name, [row[0] for row in (*query(raw, view, (name,)), *query(raw, _TEXTS, (name,)))]


def _triggers(raw: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Each trigger that is broken by itself, found by taking the others of its table away."""
    owned = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    listed = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?"
    for table in broken_triggers(raw):
        triggers = query(raw, listed, (table,)) if query(raw, owned, (table,)) else []
        for name, sql in triggers:
            query(raw, "SAVEPOINT flaskmig_alone")
            for other, _ in triggers:
                if other != name:
                    query(raw, f"DROP TRIGGER main.{quote(other)}")
            is_broken = table in broken_triggers(raw)
            query(raw, "ROLLBACK TO flaskmig_alone")
            query(raw, "RELEASE flaskmig_alone")
            if is_broken:
                yield name, sql
