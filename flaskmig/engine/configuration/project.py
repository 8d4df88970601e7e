"""`Project`: one application's migrations, as a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from flaskmig.engine.configuration.options import Options

if TYPE_CHECKING:
    from types import ModuleType

    from sqlalchemy import MetaData
    from sqlalchemy.engine import Engine

__all__ = ["Options", "Project"]


@dataclass(frozen=True, kw_only=True)
class Project:
    """One application's migrations: the folder, the models and the databases, by value.

    ``metadata`` (one or several) and ``engines`` are keyed by bind, "" for the default one.
    ``modules`` are what a revision file may import as ``alembic…``. Nothing is connected by
    making one.
    """

    directory: Path
    options: Options
    metadata: Mapping[str, MetaData | Sequence[MetaData]]
    engines: Callable[[str], Engine]
    binds: tuple[str, ...] = ("",)
    x_arguments: tuple[str, ...] = ()
    modules: Mapping[str, ModuleType] = field(default_factory=lambda: MappingProxyType({}))
