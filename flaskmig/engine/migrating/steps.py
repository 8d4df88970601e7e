"""What running and planning have in common: steps, the files they need, their setting and rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol

from flaskmig.engine.migrating.events import Direction
from flaskmig.engine.migrating.setting import Setting

if TYPE_CHECKING:
    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.revisions.graph import Graph
    from flaskmig.engine.revisions.revision import Revision


class RevisionFiles(Protocol):
    """What running needs of the revision files."""

    @property
    def graph(self) -> Graph: ...

    def checksum(self, revision: str) -> str: ...

    def load(self, revision: str, modules: Mapping[str, ModuleType]) -> ModuleType: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One revision, upwards or downwards."""

    revision: Revision
    direction: Direction


def rows_after(graph: Graph, rows: frozenset[str], step: Step) -> frozenset[str]:
    """The version rows after a step that was taken at ``rows``."""
    if step.direction == "upgrade":
        return graph.rows_after_upgrade(rows, step.revision.id)
    return graph.rows_after_downgrade(rows, step.revision.id)


def setting_of(
    project: Project,
    bind: str,
    step: Step,
    rows: frozenset[str],
    *,
    tag: str | None = None,
    options: Mapping[str, Any] | None = None,
) -> Setting:
    """What a revision runs in; ``options`` are those of `options_of`, where they were made."""
    known = project.options
    return Setting(
        revision=step.revision.id,
        direction=step.direction,
        bind=bind,
        path=step.revision.path,
        project=project,
        version_table=known.version_table,
        version_table_schema=known.version_table_schema,
        rows=rows,
        options=options_of(project, bind, tag) if options is None else options,
        tag=tag,
        x_arguments=project.x_arguments,
    )


def options_of(project: Project, bind: str, tag: str | None) -> dict[str, Any]:
    """What ``op.get_context().opts`` gives: the options by their names, and what goes with them."""
    options = project.options
    found = {each.name: getattr(options, each.name) for each in fields(options)}
    return {**found, "target_metadata": project.metadata.get(bind), "tag": tag}
