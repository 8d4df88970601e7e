"""`Side`: one side of a comparison as somebody named it, and how it is opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from flaskmig.dialects.answers import shown
from flaskmig.engine.commands.compared import collections
from flaskmig.engine.commands.connections import connect, reach
from flaskmig.engine.files.snapshot_files import read_snapshot
from flaskmig.errors import ConfigurationError

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.detecting.sources import Source


@dataclass(frozen=True, slots=True)
class Side:
    """The project's models, its database, another database, or the file of a snapshot."""

    source: Literal["models", "database"] | Engine | Path

    def __str__(self) -> str:
        """The side for people: a URL has no password in it."""
        if isinstance(self.source, str | Path):
            return str(self.source)
        return shown(self.source.url)

    @property
    def is_of_the_project(self) -> bool:
        """Whether it is another one for each bind."""
        return isinstance(self.source, str)

    def is_same(self, other: Side, project: Project, bind: str) -> bool:
        """Whether both are surely one: the same word, file or database."""
        if isinstance(self.source, Path) and isinstance(other.source, Path):
            return self.source.resolve() == other.source.resolve()
        if self.source == other.source:
            return True
        engines = [_engine(side, project, bind) for side in (self, other)]
        urls = [engine.url for engine in engines if engine is not None]
        return len(urls) == 2 and urls[0] == urls[1] and urls[0].database not in (None, ":memory:")

    @contextmanager
    def open(self, project: Project, bind: str) -> Iterator[Source]:
        """What is compared; raises ConfigurationError where it cannot be reached or read."""
        if isinstance(self.source, Path):
            yield read_snapshot(self.source)
        elif self.source == "models":
            yield collections(project, bind)
        elif self.source == "database":
            with connect(project, bind) as connection:
                yield connection
        else:
            _require_file(self.source)
            with reach(self.source) as connection:
                yield connection


MODELS = Side("models")
DATABASE = Side("database")


def _engine(side: Side, project: Project, bind: str) -> Engine | None:
    if side.source == "database":
        return project.engines(bind)
    return None if isinstance(side.source, str | Path) else side.source


def _require_file(engine: Engine) -> None:
    """Raise ConfigurationError for a SQLite file that is not there: connecting would make it."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name == ":memory:":
        return
    if not name.startswith("file:") and not Path(name).exists():
        raise ConfigurationError(
            f"there is no database {name}",
            hint="a path after sqlite:/// is one from the working directory; "
            "sqlite:// is an empty database",
        )
