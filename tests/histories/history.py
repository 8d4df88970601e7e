"""`History`: a published set of revision files, and what it takes to run it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

import sqlalchemy as sa

from tests.histories.standing import Modules, standing_in
from tests.histories.wheels import Wheel

Prepare: TypeAlias = Callable[[sa.Connection], None]
Surroundings: TypeAlias = Callable[[sa.Engine], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Revision files in a wheel.

    ``directory`` is the migrations folder in the wheel, ``databases`` those that the application
    supports, ``modules`` the stand-ins, ``helpers`` the modules of the wheel that files import
    as they are. ``prepare`` makes what is there before the first revision, and ``around`` what
    code runs in (an application's context). ``driver`` is that of PostgreSQL.
    ``floor`` is, by database, the revision at which Alembic's way down ends, "heads" where there
    is none at all. Tables in ``unsown`` get no rows; ``values`` says by "table.column" what data
    steps need there. ``first_stop`` is the first revision that a run may end at.
    ``differs`` names what Alembic does wrong: a pattern of the text of a difference, and why.
    """

    name: str
    wheel: Wheel
    directory: str
    databases: tuple[str, ...] = ("sqlite", "postgresql")
    modules: Callable[[], Modules]
    helpers: tuple[str, ...] = ()
    metadata: Callable[[], sa.MetaData] = sa.MetaData
    version_table: str = "alembic_version"
    recursive: bool = False
    driver: str = "psycopg"
    transaction_per_migration: bool = False
    prepare: Prepare | None = None
    around: Surroundings = nullcontext
    floor: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    unsown: tuple[str, ...] = ()
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    first_stop: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    differs: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def root(self) -> Path:
        """The folder that the wheel was read into."""
        return self.wheel.folder()

    @property
    def folder(self) -> Path:
        """The migrations folder."""
        return self.root / self.directory

    @contextmanager
    def running(self, engine: sa.Engine) -> Iterator[None]:
        """What a tool needs around it while it runs the files on a database."""
        with ExitStack() as stack:
            stack.enter_context(standing_in(self.modules(), self.root, self.helpers))
            stack.enter_context(self.around(engine))
            yield
