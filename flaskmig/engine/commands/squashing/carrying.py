"""What a revision does, as operations, found without running it on any database."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from flaskmig import sql
from flaskmig.engine.comparing.compare import compare
from flaskmig.engine.migrating.carried_schema import CarriedSchema
from flaskmig.engine.migrating.entry import run_revision
from flaskmig.engine.migrating.migration import running
from flaskmig.engine.migrating.steps import Step
from flaskmig.engine.plans.no_connection import Unplannable
from flaskmig.engine.plans.plan_sink import PlanSink
from flaskmig.engine.plans.planning_migration import planning_migration
from flaskmig.operations import DropEnum, Operation, ReorderColumns

if TYPE_CHECKING:
    from sqlalchemy import Executable

    from flaskmig.dialects.base import Dialect
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.files.scripts import Scripts
    from flaskmig.engine.migrating.events import Direction
    from flaskmig.engine.migrating.sink import Request
    from flaskmig.engine.revisions.revision import Revision
    from flaskmig.schema import Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrying:
    """The revision files of one bind, run without a database of theirs."""

    project: Project
    bind: str
    scripts: Scripts
    dialect: Dialect
    default_schema: str | None

    def operations(
        self, revision: Revision, before: Schema
    ) -> tuple[tuple[Operation, ...], Schema] | None:
        """The operations of a revision, with the schema after them.

        None where it does anything else, or where its way back does not lead where it came from:
        then only its own text does what it does.
        """
        up = self._carried(revision, "upgrade", before)
        if up is None:
            return None
        down = self._carried(revision, "downgrade", up[1])
        if down is None or not self._is_same(down[1], before):
            return None
        # No call puts columns into an order.
        return None if any(isinstance(each, ReorderColumns) for each in (*up[0], *down[0])) else up

    def _is_same(self, found: Schema, wanted: Schema) -> bool:
        """Whether nothing differs but enums that are left over, which no old file drops."""
        equivalent = partial(sql.equivalent, dialect=self.dialect.name)
        left = compare(found, wanted, equivalent=equivalent)
        return all(isinstance(each, DropEnum) for each in left)

    def _carried(
        self, revision: Revision, direction: Direction, before: Schema
    ) -> tuple[tuple[Operation, ...], Schema] | None:
        recording = _Recording(before, self.dialect)
        sink = _OperationsOnly(self.dialect, recording, revision.id)
        step = Step(revision=revision, direction=direction)
        migration = planning_migration(
            self.project,
            self.bind,
            step,
            dialect=self.dialect,
            default_schema=self.default_schema,
            before=recording,
            sink=sink,
        )
        try:
            with running(migration), self.project.surroundings():
                run_revision(self.project, self.scripts, step, self.bind)
        except (Unplannable, Exception):
            # Whatever is the matter: it is run as it is, and then fails there if it has to.
            return None
        return None if sink.notes else (tuple(recording.done), recording.schema)


class _Recording(CarriedSchema):
    """A schema that is carried forward, and the operations that did it."""

    def __init__(self, schema: Schema, dialect: Dialect) -> None:
        super().__init__(schema, dialect)
        self.done: list[Operation] = []

    def apply(self, operations: Sequence[Operation]) -> None:
        super().apply(operations)
        self.done += operations


class _OperationsOnly(PlanSink):
    """Ends a function that does something which is no operation."""

    def execute(self, clause: Executable, options: Mapping[str, Any], request: Request) -> None:
        raise Unplannable

    def insert(
        self, clause: Executable, rows: Sequence[Mapping[str, Any]], request: Request
    ) -> None:
        raise Unplannable

    def outside(self) -> Any:
        raise Unplannable

    def connection(self, request: Request, tell: Callable[[str], None]) -> Any:
        raise Unplannable
