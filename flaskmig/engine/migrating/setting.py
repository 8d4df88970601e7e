"""What a revision runs in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flaskmig.engine.records.history import DEFAULT_TABLE

if TYPE_CHECKING:
    from flaskmig.engine.configuration.project import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The same for each call of a revision."""

    revision: str
    direction: str
    bind: str
    path: str
    project: Project
    version_table: str = DEFAULT_TABLE
    version_table_schema: str | None = None
    rows: frozenset[str] = frozenset()
    options: Mapping[str, Any] = field(default_factory=dict)
    tag: str | None = None
    x_arguments: tuple[str, ...] = ()
