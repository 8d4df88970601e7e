"""Pragmas that a revision file may set: which are refused, and which are brought back.

Source: SQLite's documentation, "PRAGMA Statements".
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping

from flaskmig.dialects.sqlite.driver import query, setting
from flaskmig.errors import UnsupportedOperationError

# What SQLite takes inside of a transaction too and keeps for the connection. defer_foreign_keys is
# not among them: it ends with the transaction, and to set it forgets what was deferred.
_KEPT = (
    "automatic_index",
    "cell_size_check",
    "ignore_check_constraints",
    "legacy_alter_table",
    "locking_mode",
    "query_only",
    "recursive_triggers",
    "reverse_unordered_selects",
    "trusted_schema",
    "writable_schema",
)
# What steps look at beside those.
NOTED = frozenset({*_KEPT, "busy_timeout", "foreign_keys", "journal_mode", "synchronous"})
_COMMENT = re.compile(r"/\*.*?\*/|--[^\n]*", re.DOTALL)
_JOURNAL_MODE = re.compile(
    r"[\s;]*PRAGMA\s+(?:[^\s.=(]+\s*\.\s*)?[\"'`\[]?journal_mode[\"'`\]]?\s*[=(]"
    r"\s*[\"'`\[]?(\w+)",
    re.IGNORECASE,
)
_UNSAFE = ("off", "memory")


def is_unsafe(journal_mode: str) -> bool:
    """Whether SQLite could not undo what is cut off with it; SQLite takes beginnings of names."""
    mode = journal_mode.lower()
    return bool(mode) and any(unsafe.startswith(mode) for unsafe in _UNSAFE)


def require_undoable(sql: str) -> None:
    """Raise UnsupportedOperationError for a statement that turns the rollback journal off.

    Documentation of journal_mode: with OFF, ROLLBACK is undefined, and with OFF or MEMORY a crash
    in a transaction very likely corrupts the file.
    """
    found = _JOURNAL_MODE.match(_COMMENT.sub(" ", sql))
    if found is None or not is_unsafe(found[1]):
        return
    raise UnsupportedOperationError(
        f"with PRAGMA journal_mode={found[1]} SQLite cannot undo a migration that is cut off",
        hint="take it out of the revision; delete, truncate, persist and wal are allowed",
    )


def kept(raw: sqlite3.Connection) -> dict[str, object]:
    """The pragmas that `bring_back` sets; those that a build leaves out are not among them."""
    values = {name: setting(raw, name) for name in _KEPT}
    return {name: value for name, value in values.items() if value is not None}


def bring_back(raw: sqlite3.Connection, values: Mapping[str, object]) -> None:
    """Set those that are different by now."""
    for name, value in values.items():
        if setting(raw, name) != value:
            query(raw, f"PRAGMA {name} = {value}")
