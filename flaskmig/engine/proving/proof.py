"""Proving a generated revision before it is written, in the best place that there is."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flaskmig.engine.files.revision_source import TEMPLATE
from flaskmig.engine.proving.carried_forward import CarriedForward
from flaskmig.engine.proving.extent import Extent, touched, without_declared
from flaskmig.engine.proving.rehearsal import CannotBeMadeError, Rehearsal
from flaskmig.errors import UnprovenRevisionError, UnsupportedOperationError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.dialects.base import Scratch
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.detecting.differences import Diff
    from flaskmig.engine.files.draft import Draft

OPERATIONS = "its operations alone, without a database,"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Where a revision was tried for one bind, and how long that took, in seconds.

    ``place`` is "" where nothing could be told. ``reasons`` say why there was no better place,
    ``notes`` what else was come across.
    """

    bind: str
    place: str
    seconds: float
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        where = f"{self.bind}: " if self.bind else ""
        why = f" ({'; '.join(self.reasons)})" if self.reasons else ""
        if not self.place:
            return f"{where}not proven{why}"
        return f"{where}proven on {self.place} in {self.seconds:.2f} s{why}"


def prove(project: Project, bind: str, found: Diff, draft: Draft, connection: Connection) -> Proof:
    """Run the draft where that does no harm, and see that it leads to the models and back.

    ``connection`` is to the database that it is for; of that only catalogues are read. Raises
    UnprovenRevisionError where the draft does not do what it was written for.
    """
    trial = _Trial(project=project, bind=bind, found=found, draft=draft, connection=connection)
    started = time.monotonic()
    place = trial.run()
    return Proof(
        bind=bind,
        place=place,
        seconds=time.monotonic() - started,
        reasons=tuple(trial.reasons),
        notes=tuple(trial.notes),
    )


@dataclass(kw_only=True)
class _Trial:
    project: Project
    bind: str
    found: Diff
    draft: Draft
    connection: Connection
    reasons: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def run(self) -> str:
        """Try in one place after the other; returns the one that could tell, or ""."""
        for scratch in self.found.dialect.scratches(self.connection):
            try:
                if self._tried(scratch):
                    return scratch.place
            finally:
                self.notes += scratch.notes
        why = CarriedForward(
            project=self.project,
            bind=self.bind,
            draft=self.draft,
            extent=self._whole,
            dialect=self.found.dialect,
            default_schema=self.found.dialect.default_schema(self.connection),
            has_hook=self._has_hook,
        ).run()
        if why:
            self.reasons.append(f"nor by the operations alone: {why}")
        return "" if why else OPERATIONS

    def _tried(self, scratch: Scratch) -> bool:
        """Whether the place could tell; raises UnprovenRevisionError where it tells a fault."""
        reason = self._unfit(scratch)
        extents = [] if reason else self._extents(scratch)
        for extent in extents:
            try:
                self._rehearse(scratch, extent)
            except UnsupportedOperationError as error:
                # There is no such place here.
                reason = error.message
                break
            except CannotBeMadeError as error:
                reason = f"the schema as it is cannot be made there: {error}"
            except UnprovenRevisionError as error:
                missing = _named(scratch, error)
                if not missing and extent is extents[-1]:
                    raise
                reason = f"it does not have {', '.join(missing)}"
            else:
                return True
        self.reasons.append(f"not on {scratch.place}: {reason}")
        return False

    def _rehearse(self, scratch: Scratch, extent: Extent) -> None:
        with scratch.open(extent.tables) as connection:
            left = Rehearsal(
                project=self.project,
                bind=self.bind,
                draft=self.draft,
                extent=extent,
                connection=connection,
                dialect=self.found.dialect,
                is_one_transaction=scratch.is_one_transaction,
                has_hook=self._has_hook,
            ).run()
        self.notes += [
            f"with what render_item wrote, a difference is left: {each}" for each in left
        ]

    def _extents(self, scratch: Scratch) -> list[Extent]:
        """What the operations touch; then all that there is, where a trial of the part fails."""
        extents = [self._whole]
        # A template may say anything, of any table.
        if not self._has_own_template:
            part = touched(self.found.current, self.found.desired, self.found.operations)
            extents = [part] if part.is_whole else [part, self._whole]
        if scratch.is_one_transaction:
            return [without_declared(extent) for extent in extents]
        return extents

    def _unfit(self, scratch: Scratch) -> str:
        """Why the place is not one for this draft, or ""."""
        if not scratch.is_one_transaction:
            return ""
        if self._has_own_template:
            return "the template of the project may name tables that are not there"
        if self._whole.changes_declared:
            return "views, functions, triggers, extensions or schemas change"
        diffs = (self.found, self.found.reverse())
        statements = (
            statement
            for each in diffs
            for statement in each.dialect.statements(each.operations, each.current)
        )
        if not all(statement.in_transaction for statement in statements):
            return "a statement cannot be in a transaction"
        return ""

    @property
    def _whole(self) -> Extent:
        return Extent(current=self.found.current, desired=self.found.desired)

    @property
    def _has_hook(self) -> bool:
        return self.found.override is not None

    @property
    def _has_own_template(self) -> bool:
        return (self.project.directory / TEMPLATE).is_file()


def _named(scratch: Scratch, error: UnprovenRevisionError) -> list[str]:
    """What the place lacks and the error speaks of: there the database itself would not fail."""
    text = str(error)
    return [
        name
        for name in sorted(scratch.lacks())
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    ]
