"""The settings of a session on SQLite: made, read back, and restored at its end.

With its default settings Python's driver opens a transaction before INSERT, UPDATE and DELETE
only, so DDL would commit by itself. A session therefore has it send nothing of its own, and a
step sends BEGIN, COMMIT and ROLLBACK itself, as SQL: the same on Python 3.11 to 3.13 and whatever
``autocommit`` the application chose.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flaskmig.dialects.base import Awaited
from flaskmig.dialects.sqlite.authority import Authority
from flaskmig.dialects.sqlite.driver import driver, query, setting
from flaskmig.dialects.sqlite.pragmas import bring_back, kept
from flaskmig.dialects.sqlite.watch import Watched
from flaskmig.errors import ConfigurationError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

KEY = "flaskmig.sqlite"
_SAFE_JOURNALS = frozenset({"delete", "truncate", "persist", "wal"})
_FULL = 2
_OLDEST = (3, 35)
_LEGACY_AUTOCOMMIT = -1
_SET_WITHOUT_SQL = hasattr(sqlite3.Connection, "setconfig")


@dataclass(slots=True)
class State:
    """What `run` and `step` know of the session; ``borrowed``: the transaction is the caller's.

    ``enforced`` says whether foreign keys were enforced before the session turned that off;
    ``pragmas`` are what each step needs as the session set it, ``kept`` what a revision may change
    for itself and not for the next one. ``noted`` knows which pragmas were set since they were
    looked at; without it they have to be looked at each time.
    """

    borrowed: bool
    is_file: bool = True
    enforced: bool = False
    in_session: bool = False
    lock_wait: float = 60.0
    statement_timeout: float | None = None
    awaited: Awaited | None = None
    pragmas: dict[str, int] = field(default_factory=dict)
    kept: dict[str, object] = field(default_factory=dict)
    stepping: bool = False
    watched: Watched | None = None
    authority: Authority | None = None
    noted: Authority | None = None
    busy_timeout: int | None = None

    def may_differ(self, pragma: str) -> bool:
        """Whether anybody may have set the pragma since `known` was said of it."""
        noted = self.noted
        return noted is None or noted.was_replaced or pragma in noted.pragmas

    def known(self, pragma: str) -> None:
        """The pragma has the value that this state has for it."""
        if self.noted is not None:
            self.noted.pragmas.discard(pragma)


def state_of(connection: Connection) -> State:
    """The state of the session that is open; without one a state of its own."""
    state = connection.info.get(KEY)
    if isinstance(state, State):
        return state
    return State(borrowed=_is_borrowed(connection), is_file=_is_file(driver(connection)))


def _is_borrowed(connection: Connection) -> bool:
    """Whether a transaction is open that the caller opened and will end.

    On a driver with ``autocommit=True`` (Python 3.12) SQLAlchemy's transaction is none; with
    ``autocommit=False`` the driver always has one open, and only SQLAlchemy knows whose it is.
    """
    raw = driver(connection)
    autocommit = getattr(raw, "autocommit", _LEGACY_AUTOCOMMIT)
    if autocommit is True:
        return raw.in_transaction
    if autocommit is False:
        return connection.in_transaction()
    return connection.in_transaction() or raw.in_transaction


@contextmanager
def session(
    connection: Connection,
    *,
    lock_wait: float,
    statement_timeout: float | None,
    awaited: Awaited | None = None,
) -> Iterator[None]:
    """Make the settings that migrations need, read them back, and restore them at the end.

    ``lock_wait`` and ``statement_timeout`` are seconds; ``awaited`` is called with an empty text
    where a writer is waited for: nobody knows which it is. In a transaction of the caller's only
    what works inside one is changed. Raises ConfigurationError where the database cannot roll
    back, or a setting does not hold.
    """
    _require_version()
    state = State(
        borrowed=_is_borrowed(connection),
        in_session=True,
        lock_wait=lock_wait,
        statement_timeout=statement_timeout,
        awaited=awaited,
    )
    raw = driver(connection)
    with ExitStack() as restore:
        if not state.borrowed:
            _take_over(raw, restore)
            state.is_file = _is_file(raw)
            require_rollback(raw, state)
            state.enforced = bool(setting(raw, "foreign_keys"))
            state.pragmas["foreign_keys"] = 0
            if state.is_file:
                state.pragmas["synchronous"] = max(_FULL, int(setting(raw, "synchronous")))
            for name, value in state.pragmas.items():
                _set(raw, restore, name, value)
        _set(raw, restore, "legacy_alter_table", 0)
        _set(raw, restore, "busy_timeout", int(lock_wait * 1000))
        state.kept = kept(raw)
        restore.callback(bring_back, raw, state.kept)
        connection.info[KEY] = state
        restore.callback(connection.info.pop, KEY, None)
        if not state.borrowed:
            # The caller's connection may have an authorizer of its own, which could not be put
            # back.
            authority = Authority(raw)
            restore.enter_context(authority.noting())
            state.noted = authority
        yield


def settle(connection: Connection) -> None:
    """Bring back what SQL of a revision set for the connection, so that it ends with it."""
    state = connection.info.get(KEY)
    if not isinstance(state, State):
        return
    if state.noted is not None:
        state.noted.look()
    changed = {name: value for name, value in state.kept.items() if state.may_differ(name)}
    if changed:
        bring_back(driver(connection), changed)
        for name in changed:
            state.known(name)


def lend(connection: Connection) -> None:
    """The connection goes into other hands, which may take our callback away.

    Since Python 3.12 its ``setconfig()`` sets some pragmas without SQL, and nobody is asked: from
    here on they are looked at each time.
    """
    state = connection.info.get(KEY)
    if not isinstance(state, State) or state.noted is None:
        return
    if _SET_WITHOUT_SQL:
        state.noted = None
    else:
        state.noted.is_lent = True


def _require_version() -> None:
    if sqlite3.sqlite_version_info < _OLDEST:
        raise ConfigurationError(
            f"flaskmig needs SQLite 3.35 or later, and Python has {sqlite3.sqlite_version}",
            hint="use a newer Python, or one that is linked with a newer SQLite",
        )


def _take_over(raw: sqlite3.Connection, restore: ExitStack) -> None:
    """Have the driver send no BEGIN or COMMIT of its own until the session ends."""
    autocommit = getattr(raw, "autocommit", _LEGACY_AUTOCOMMIT)
    if autocommit != _LEGACY_AUTOCOMMIT:
        restore.callback(setattr, raw, "autocommit", autocommit)
        raw.autocommit = _LEGACY_AUTOCOMMIT  # type: ignore[attr-defined,unused-ignore]
        if raw.in_transaction:
            query(raw, "ROLLBACK")
    restore.callback(setattr, raw, "isolation_level", raw.isolation_level)
    raw.isolation_level = None
    restore.callback(_end_transaction, raw)


def _end_transaction(raw: sqlite3.Connection) -> None:
    """Settings are only restored outside of a transaction."""
    if raw.in_transaction:
        query(raw, "ROLLBACK")


def _is_file(raw: sqlite3.Connection) -> bool:
    return any(row[1] == "main" and row[2] for row in query(raw, "PRAGMA database_list"))


def require_rollback(raw: sqlite3.Connection, state: State) -> None:
    """Raise ConfigurationError where SQLite could not undo what is cut off."""
    mode = str(setting(raw, "journal_mode")).lower()
    if mode == "off" or (state.is_file and mode not in _SAFE_JOURNALS):
        raise ConfigurationError(
            f"with PRAGMA journal_mode={mode} SQLite cannot undo a migration that is cut off",
            hint="set journal_mode to delete, truncate, persist or wal",
        )


def _set(raw: sqlite3.Connection, restore: ExitStack, name: str, value: int) -> None:
    before = setting(raw, name)
    query(raw, f"PRAGMA {name} = {value}")
    after = setting(raw, name)
    # Some builds leave a pragma out and answer with nothing at all.
    if after is not None and after != value:
        raise ConfigurationError(f"SQLite did not accept PRAGMA {name} = {value}")
    if before is not None:
        restore.callback(query, raw, f"PRAGMA {name} = {before}")
