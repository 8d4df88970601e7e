"""What connecting an engine gives while a revision runs: the database is already spoken to.

A second connection to the database that is migrated would wait for the locks of the first, for
ever on PostgreSQL, and would not see what the revision did so far. So engines that lead there,
whoever made them, are answered by the migration as long as its revision runs, in its context
alone: another thread gets what it always got.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy.engine import Engine

if TYPE_CHECKING:
    from sqlalchemy.engine import URL
    from sqlalchemy.pool import PoolProxiedConnection

Plain: TypeAlias = "Callable[[], PoolProxiedConnection]"
Connect: TypeAlias = "Callable[[Engine], PoolProxiedConnection]"
Answer: TypeAlias = "Callable[[Engine, Plain], PoolProxiedConnection]"

_ANSWER: ContextVar[Answer | None] = ContextVar("flaskmig_engines", default=None)
_lock = threading.Lock()
_users = 0


@contextmanager
def answering(answer: Answer | None) -> Iterator[None]:
    """Have ``answer`` say what an engine's connection is, in this context, until the block ends.

    It is given the engine and what the engine would do without it; with None engines do that.
    """
    token = _ANSWER.set(answer)
    try:
        with _installed():
            yield
    finally:
        _ANSWER.reset(token)


@contextmanager
def _installed() -> Iterator[None]:
    """Be asked by every engine, once for all revisions that run beside each other.

    All ways to a connection go through this one method: ``connect()``, ``begin()``, a Session, an
    Inspector, ``create_all()``.
    """
    global _users, _plain
    with _lock:
        _users += 1
        if _users == 1 and Engine.raw_connection is not _asking:
            _plain = Engine.raw_connection
            _set(_asking)
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            # Somebody who replaced it meanwhile has ours below his own: it lets everything pass.
            if _users == 0 and Engine.raw_connection is _asking:
                _set(_plain)


_plain: Connect = Engine.raw_connection


def _asking(engine: Engine) -> PoolProxiedConnection:
    answer = _ANSWER.get()
    if answer is None:
        return _plain(engine)
    return answer(engine, lambda: _plain(engine))


def _set(connect: Connect) -> None:
    setattr(Engine, "raw_connection", connect)  # noqa: B010


def leads_to(engine: Engine, migrated: Engine) -> bool:
    """Whether an engine connects to the migrated database, as the same user, by the same driver.

    A database in memory is that of its pool alone.
    """
    if engine.pool is migrated.pool:
        return True
    if engine.dialect.name != migrated.dialect.name or engine.driver != migrated.driver:
        return False
    if engine.dialect.name == "sqlite":
        path = _file(engine.url)
        return path is not None and path == _file(migrated.url)
    return engine.url.database is not None and _place(engine.url) == _place(migrated.url)


def is_beside(engine: Engine, migrated: Engine) -> bool:
    """Whether an engine seems to lead to the migrated database as another user or driver."""
    ours, theirs = migrated.url, engine.url
    if engine.dialect.name != migrated.dialect.name:
        return False
    if engine.dialect.name == "sqlite":
        return _file(theirs) is not None and _file(theirs) == _file(ours)
    return theirs.database == ours.database and theirs.port == ours.port


def _place(url: URL) -> tuple[object, ...]:
    return (url.username, url.host, url.port, url.database, url.query)


def _file(url: URL) -> str | None:
    """The file of an SQLite database, None for one in memory."""
    database = url.database or ""
    if database.startswith("file:"):
        database = database.removeprefix("file:").partition("?")[0]
    if database in ("", ":memory:") or "mode=memory" in str(url):
        return None
    return os.path.realpath(database)
