"""Where the statements of a running migration go."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from flaskmig.engine.migrating.callers import Call
from flaskmig.engine.migrating.engines import Plain
from flaskmig.operations import Operation
from flaskmig.schema import Constraint, Table

if TYPE_CHECKING:
    from sqlalchemy import Executable
    from sqlalchemy.engine import Dialect as SQLAlchemyDialect
    from sqlalchemy.engine import Engine
    from sqlalchemy.pool import PoolProxiedConnection

    from flaskmig.dialects.base import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Why a statement runs: the call in the revision file, and its operations if it has any."""

    call: Call
    operations: tuple[Operation, ...] = ()


class Sink(Protocol):
    """Where a migration's statements go: to a database, or into a plan."""

    @property
    def as_sql(self) -> bool:
        """Whether statements are written down and not run."""
        ...

    @property
    def replays(self) -> bool:
        """Whether only the schema is carried forward, and no statement wanted."""
        ...

    @property
    def unseen(self) -> bool:
        """Whether the statements are for a database that nobody has looked at."""
        ...

    @property
    def sqlalchemy_dialect(self) -> SQLAlchemyDialect: ...

    def run(self, statement: Statement, request: Request) -> None: ...

    def execute(self, clause: Executable, options: Mapping[str, Any], request: Request) -> None: ...

    def insert(
        self, clause: Executable, rows: Sequence[Mapping[str, Any]], request: Request
    ) -> None: ...

    def find_alike(self, table: Table, wanted: Constraint) -> Constraint | None:
        """The constraint of ``table`` that is ``wanted`` but for its name."""
        ...

    def outside(self) -> Any:
        """A context manager: what runs in it is outside of a transaction."""
        ...

    def together(self, statements: Sequence[Statement]) -> AbstractContextManager[None]:
        """A context manager: an error leaves none of the statements behind."""
        ...

    def connection(self, request: Request, tell: Callable[[str], None]) -> Any:
        """The connection, for a revision file that reads and writes by itself.

        ``tell`` says something about what the file does with it.
        """
        ...

    def leads_here(self, engine: Engine) -> bool:
        """Whether an engine that the file connects leads to the database that is migrated."""
        ...

    def second(self, engine: Engine, plain: Plain, request: Request) -> PoolProxiedConnection:
        """What connecting such an engine gives; ``plain`` is what it would do by itself."""
        ...

    def elsewhere(self, engine: Engine, plain: Plain) -> PoolProxiedConnection:
        """What connecting any other engine gives."""
        ...
