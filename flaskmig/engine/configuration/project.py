"""`Project`: one application's migrations, as a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

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
    ``modules`` are what a revision file may import as ``alembic…``; ``main_options`` and
    ``attributes`` what ``@migrate.configure`` functions set, for it to read. Each
    revision runs inside of ``surroundings``, which is made anew for it. Nothing is connected by
    making one.
    """

    directory: Path
    options: Options
    metadata: Mapping[str, MetaData | Sequence[MetaData]]
    engines: Callable[[str], Engine]
    binds: tuple[str, ...] = ("",)
    x_arguments: tuple[str, ...] = ()
    modules: Mapping[str, ModuleType] = field(default_factory=lambda: MappingProxyType({}))
    main_options: Mapping[str, str | None] = field(default_factory=lambda: MappingProxyType({}))
    attributes: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    surroundings: Callable[[], AbstractContextManager[object]] = nullcontext

    def waiting(
        self,
        *,
        lock_wait: float | None = None,
        lock_timeout: float | None = None,
        statement_timeout: float | None = None,
    ) -> Project:
        """The same project with other times, in seconds, for one call; None leaves an option.

        A timeout of 0 is none. Raises ConfigurationError for what is no time.
        """
        given = {
            "lock_wait": lock_wait,
            "lock_timeout": lock_timeout,
            "statement_timeout": statement_timeout,
        }
        return replace(self, options=self.options.overridden(given))
