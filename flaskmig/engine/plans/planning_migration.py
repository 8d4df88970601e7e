"""A migration that acts on a schema which is carried forward, and on no database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flaskmig.engine.migrating.migration import Migration
from flaskmig.engine.migrating.steps import Step, setting_of
from flaskmig.engine.models.metadata import Reader

if TYPE_CHECKING:
    from flaskmig.dialects.base import Dialect
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.migrating.carried_schema import CarriedSchema
    from flaskmig.engine.plans.plan_sink import PlanSink


def planning_migration(
    project: Project,
    bind: str,
    step: Step,
    *,
    dialect: Dialect,
    default_schema: str | None,
    before: CarriedSchema,
    sink: PlanSink,
    rows: frozenset[str] = frozenset(),
    tag: str | None = None,
) -> Migration:
    """One step, whose statements ``sink`` writes down; ``rows`` are the version rows before it."""
    return Migration(
        setting_of(project, bind, step, rows, tag=tag),
        dialect=dialect,
        reader=Reader(dialect, default_schema, cuts_names=True),
        before=before,
        sink=sink,
        default_schema=default_schema,
    )
