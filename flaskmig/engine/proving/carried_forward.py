"""A draft run without any database: its calls become operations, and those carry a schema."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal

from flaskmig import sql
from flaskmig.engine.comparing.compare import compare
from flaskmig.engine.migrating.carried import NotPlannedError
from flaskmig.engine.migrating.carried_schema import CarriedSchema
from flaskmig.engine.migrating.entry import run_revision
from flaskmig.engine.migrating.migration import running
from flaskmig.engine.migrating.steps import Step
from flaskmig.engine.plans.no_connection import Unplannable
from flaskmig.engine.plans.plan_sink import PlanSink
from flaskmig.engine.plans.planning_migration import planning_migration
from flaskmig.engine.proving.failure import failed_at, led_elsewhere
from flaskmig.errors import FlaskmigError

if TYPE_CHECKING:
    from flaskmig.dialects.base import Dialect
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.files.draft import Draft
    from flaskmig.engine.proving.extent import Extent
    from flaskmig.schema import Schema


@dataclass(frozen=True, kw_only=True)
class CarriedForward:
    """One draft and one bind, and the schemas that it leads from and to."""

    project: Project
    bind: str
    draft: Draft
    extent: Extent
    dialect: Dialect
    default_schema: str | None = None
    has_hook: bool = False

    def run(self) -> str:
        """Carry the schema up and down again; returns why that says nothing, or "".

        Raises UnprovenRevisionError where the draft does not do what it was written for.
        """
        before, after = self.extent.current, self.extent.desired
        up, why = self._carried(before, "upgrade")
        if up is None:
            return why
        if not self.has_hook:
            self._require(up, after, "upgrade", "what the models say")
        # What the operations hold is what the way back starts from.
        down, why = self._carried(up, "downgrade")
        if down is None:
            return why
        self._require(down, before, "downgrade", "what was there before")
        return ""

    def _carried(
        self, before: Schema, direction: Literal["upgrade", "downgrade"]
    ) -> tuple[Schema | None, str]:
        carried = CarriedSchema(before, self.dialect)
        sink = PlanSink(self.dialect, carried, self.draft.revision.id)
        step = Step(revision=self.draft.alone, direction=direction)
        migration = planning_migration(
            self.project,
            self.bind,
            step,
            dialect=self.dialect,
            default_schema=self.default_schema,
            before=carried,
            sink=sink,
        )
        try:
            with running(migration):
                run_revision(self.project, self.draft, step, self.bind)
        except (NotPlannedError, Unplannable) as error:
            return None, str(error) or f"{direction}() needs a database"
        except FlaskmigError as error:
            raise failed_at(self.draft, self.bind, direction, error) from error
        if sink.notes:
            return None, sink.notes[0].reason
        return carried.schema, ""

    def _require(self, found: Schema, wanted: Schema, direction: str, what: str) -> None:
        left = list(self._differences(found, wanted))
        if left:
            raise led_elsewhere(self.bind, direction, what, left)

    def _differences(self, found: Schema, wanted: Schema) -> Iterator[str]:
        equivalent = partial(sql.equivalent, dialect=self.dialect.name)
        yield from map(str, compare(found, wanted, equivalent=equivalent))
