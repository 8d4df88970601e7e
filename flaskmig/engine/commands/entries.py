"""Revisions as the reading commands list them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flaskmig.engine.revisions.graph import Graph, Revision


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """A revision and where it stands; ``current_in`` are the binds whose database is at it."""

    revision: Revision
    children: tuple[str, ...] = ()
    is_head: bool = False
    is_effective_head: bool = False
    current_in: tuple[str, ...] = ()

    @property
    def is_branch_point(self) -> bool:
        return len(self.children) > 1

    def to_json(self) -> dict[str, Any]:
        """Plain values, for `json.dumps`."""
        revision = self.revision
        return {
            "revision": revision.id,
            "parents": list(revision.parents),
            "depends_on": list(revision.depends_on),
            "branch_labels": sorted(revision.branch_labels),
            "replaces": list(revision.replaces),
            "message": revision.message,
            "created": revision.created,
            "path": str(revision.path),
            "children": list(self.children),
            "is_head": self.is_head,
            "is_effective_head": self.is_effective_head,
            "current_in": list(self.current_in),
        }


def entries(
    graph: Graph, revisions: Iterable[Revision], rows: Mapping[str, frozenset[str]] | None = None
) -> tuple[LogEntry, ...]:
    """The revisions in their order; ``rows`` are the version rows of each bind, where known."""
    heads, effective = set(graph.heads), set(graph.effective_heads)
    return tuple(
        LogEntry(
            revision=revision,
            children=tuple(graph.children(revision.id)),
            is_head=revision.id in heads,
            is_effective_head=revision.id in effective,
            current_in=tuple(bind for bind, ids in (rows or {}).items() if revision.id in ids),
        )
        for revision in revisions
    )
