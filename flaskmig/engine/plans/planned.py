"""What would be run, revision by revision, as a value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flaskmig.dialects.base import Hazard, Lock
from flaskmig.engine.migrating.events import Direction


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStatement:
    """One statement of a plan; ``line`` is where in the revision file it comes from.

    ``is_guard`` marks a query that stops the run where it returns a row, for the reason that
    ``refusal`` gives. ``watches`` is a table whose foreign keys are looked at here and again
    when the revision ends. ``clears`` is a query: its row, where it gives one, is a statement that
    clears away what an earlier try left half made, and that is run before.
    """

    sql: str
    in_transaction: bool = True
    locks: tuple[Lock, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    comment: str = ""
    is_guard: bool = False
    refusal: str = ""
    watches: str = ""
    clears: str = ""
    line: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The statement as JSON has it."""
        return {
            "sql": self.sql,
            "in_transaction": self.in_transaction,
            "locks": [{"table": str(lock.table), "mode": lock.mode} for lock in self.locks],
            "hazards": [
                {"code": hazard.code, "message": hazard.message, "instead": hazard.instead}
                for hazard in self.hazards
            ],
            "comment": self.comment,
            "is_guard": self.is_guard,
            "refusal": self.refusal,
            "clears": self.clears,
            "line": self.line,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something that cannot be planned: where, and why."""

    revision: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        where = f", line {self.line}" if self.line else ""
        return f"not planned: {self.revision}{where}: {self.reason}"

    def to_json(self) -> dict[str, Any]:
        """The note as JSON has it."""
        return {"revision": self.revision, "line": self.line, "reason": self.reason}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRevision:
    """What one revision would run; ``rows`` are the version table's changes, as SQL.

    ``revision`` is an empty string where operations are planned that no file has.
    """

    revision: str
    direction: Direction
    message: str = ""
    parents: tuple[str, ...] = ()
    statements: tuple[PlannedStatement, ...] = ()
    rows: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The revision as JSON has it."""
        return {
            "revision": self.revision,
            "direction": self.direction,
            "message": self.message,
            "parents": list(self.parents),
            "statements": [statement.to_json() for statement in self.statements],
            "rows": list(self.rows),
            "notes": [note.to_json() for note in self.notes],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run would do, revision by revision, on a database of this ``dialect``."""

    dialect: str
    bind: str = ""
    revisions: tuple[PlannedRevision, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.revisions)

    def __iter__(self) -> Iterator[PlannedRevision]:
        return iter(self.revisions)

    def __len__(self) -> int:
        return len(self.revisions)

    @property
    def statements(self) -> tuple[PlannedStatement, ...]:
        """The statements of all revisions."""
        return tuple(each for revision in self.revisions for each in revision.statements)

    @property
    def notes(self) -> tuple[Note, ...]:
        """What could not be planned."""
        return tuple(note for revision in self.revisions for note in revision.notes)

    @property
    def is_complete(self) -> bool:
        """Whether everything could be planned."""
        return not self.notes

    @property
    def hazards(self) -> tuple[Hazard, ...]:
        return tuple(hazard for each in self.statements for hazard in each.hazards)

    def to_json(self) -> dict[str, Any]:
        """The plan as JSON has it."""
        return {
            "dialect": self.dialect,
            "bind": self.bind,
            "complete": self.is_complete,
            "revisions": [revision.to_json() for revision in self.revisions],
        }
