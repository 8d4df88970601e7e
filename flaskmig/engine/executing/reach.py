"""Where the engines of a revision file lead: to the database that is migrated, or elsewhere.

A run may be on a scratch database that stands for the application's. Then the application's
engine is answered as well, and a database of it that nothing stands for is not reached at all.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

from flaskmig.engine.migrating.engines import is_beside, leads_to
from flaskmig.errors import OperationError, UnsupportedOperationError

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine, ExceptionContext
    from sqlalchemy.pool import PoolProxiedConnection

    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.migrating.engines import Plain

# lock_not_available (PostgreSQL documentation, appendix A), and what SQLite says.
_NOT_FREE = "55P03"
_LOCKED = "database is locked"


class Reach:
    """Judges engines by where they lead; ``migrated`` is the engine of the run's connection.

    A context manager: what it changed of engines is undone at its end.
    """

    def __init__(self, migrated: Engine, project: Project, bind: str) -> None:
        self._migrated = migrated
        self._project = project
        self._bind = bind
        self._lock_wait = project.options.lock_wait
        self._explained: list[Engine] = []

    @cached_property
    def _meant(self) -> Engine:
        """The application's engine for the database that is migrated, or that is stood in for."""
        return self._project.engines(self._bind)

    def is_here(self, engine: Engine) -> bool:
        """Whether an engine leads to the migrated database, or to the one it stands for."""
        if leads_to(engine, self._migrated):
            return True
        return engine.driver == self._migrated.driver and leads_to(engine, self._meant)

    def elsewhere(self, engine: Engine, plain: Plain) -> PoolProxiedConnection:
        """The connection of an engine that does not lead here.

        Where it may wait for locks of the migration, which are not let go before the file has
        ended, the waiting has an end. Raises UnsupportedOperationError in a run on a database
        that stands for the application's, for another one of the application's.
        """
        if is_beside(engine, self._migrated):
            return self._impatient(engine, plain)
        is_stand_in = not leads_to(self._meant, self._migrated)
        if is_stand_in and any(
            leads_to(engine, self._project.engines(bind)) for bind in self._project.binds
        ):
            raise UnsupportedOperationError(
                "the revision connects to a database of the application, and is run on one that "
                "only stands for another of its databases",
                hint="use op.get_bind(), which is the right one wherever the revision runs",
            )
        return plain()

    def _impatient(self, engine: Engine, plain: Plain) -> PoolProxiedConnection:
        if engine not in self._explained:
            self._explained.append(engine)
            event.listen(engine, "handle_error", _explain)
        connection = plain()
        if engine.dialect.name == "postgresql":
            # In no pool: what is set on it goes with it.
            connection.detach()
            cursor = connection.cursor()
            cursor.execute(f"SET lock_timeout = {max(1, round(self._lock_wait * 1000))}")
            cursor.close()
            connection.commit()
        return connection

    def __enter__(self) -> Reach:
        return self

    def __exit__(self, *_: object) -> None:
        for engine in self._explained:
            event.remove(engine, "handle_error", _explain)
        self._explained.clear()


def _explain(context: ExceptionContext) -> None:
    """Raise OperationError where the database says that a lock was not free."""
    error: Any = context.original_exception
    state = getattr(error, "sqlstate", None) or getattr(error, "pgcode", None)
    if state == _NOT_FREE or _LOCKED in str(error):
        raise OperationError(
            "a second connection of the revision waited for a lock, and it may be the migration "
            "that has it",
            hint="use op.get_bind(), or Session(op.get_bind()): what the revision did so far is "
            "seen by its own connection alone",
        ) from error
