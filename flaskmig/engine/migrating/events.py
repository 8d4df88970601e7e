"""What running tells while it goes on, as small values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from flaskmig.dialects.base import READERS

Direction: TypeAlias = Literal["upgrade", "downgrade"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionStarted:
    """A revision begins, the ``number``-th (from 1) of ``total``."""

    revision: str
    parents: tuple[str, ...]
    message: str
    direction: Direction
    bind: str
    number: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRun:
    """A statement was run."""

    revision: str
    sql: str
    duration_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionDone:
    """A revision is committed."""

    revision: str
    direction: Direction
    bind: str
    duration_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionSkipped:
    """Another process carried the revision out meanwhile."""

    revision: str
    direction: Direction
    bind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionRetried:
    """The database gave way to somebody else; the revision was rolled back and begins anew."""

    revision: str
    reason: str
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LockAwaited:
    """Another upgrader has the database; ``holder`` says which, where the database tells.

    On SQLite it may also be a reader, whom COMMIT waits for.
    """

    holder: str
    bind: str

    @property
    def reason(self) -> str:
        """What is waited for, for people."""
        if self.holder == READERS:
            return READERS
        return f"another upgrade is running: {self.holder or 'somebody else writes to it'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitFound:
    """The connection was lost at a COMMIT, and on a new one was seen what became of it.

    ``is_done``: the revision is committed. Otherwise it goes on, or begins anew where nothing
    of it was kept.
    """

    revision: str
    bind: str
    is_done: bool


Event: TypeAlias = (
    RevisionStarted
    | StatementRun
    | RevisionDone
    | RevisionSkipped
    | RevisionRetried
    | LockAwaited
    | CommitFound
)
Notify: TypeAlias = Callable[[Event], None]
