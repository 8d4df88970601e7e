"""Reaching the databases of a project to read where they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from flaskmig.dialects import dialect_of
from flaskmig.dialects.answers import answer_of, connected, hide_values, said_by, shown
from flaskmig.engine.records.history import History
from flaskmig.errors import ConfigurationError, ExecutionError, UnknownRevisionError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine

    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.revisions.graph import Graph


_REFUSED = "see that the URL is the right one, and what its user may do there"
_LOST = (
    "the connection was lost; `flask db current` says what the database is at, once it can be "
    "reached"
)


@contextmanager
def connect(project: Project, bind: str, given: Connection | None = None) -> Iterator[Connection]:
    """A connection to read with; raises ConfigurationError where there is no reaching it.

    What the database refuses while it is used raises ExecutionError.

    One that the caller gave is left in the transaction that it was in, or in none.
    """
    if given is not None:
        dialect_of(given)
        is_open = given.in_transaction()
        try:
            with _explained(given.engine):
                yield given
        finally:
            if not is_open and given.in_transaction():
                given.rollback()
        return
    with reach(project.engines(bind)) as connection:
        yield connection


@contextmanager
def reach(engine: Engine) -> Iterator[Connection]:
    """A connection of the engine to read with; raises what `connect` raises."""
    dialect_of(engine)
    with _explained(engine), connected(engine) as connection:
        yield connection


@contextmanager
def _explained(engine: Engine) -> Iterator[None]:
    """Say which database it was that did not do as it was asked: it may be none at all."""
    # Our own reading of a catalogue goes past SQLAlchemy, whose errors wrap the driver's.
    driver_error: type[Exception] = engine.dialect.loaded_dbapi.Error
    try:
        yield
    except (DBAPIError, driver_error) as error:
        from flaskmig.engine.migrating.blame import is_lost

        hide_values(error)
        raise ExecutionError(
            f"{shown(engine.url)} answers: {said_by(engine, error)}",
            statement=(error.statement or "") if isinstance(error, DBAPIError) else "",
            cause=error,
            detail=answer_of(error).detail,
            hint=_LOST if is_lost(error) else _REFUSED,
        ) from error


def require_single_database(project: Project) -> None:
    """Raise ConfigurationError where a caller's connection cannot be that of every bind."""
    if len(project.binds) > 1:
        raise ConfigurationError(
            "a connection is to one database, and several are managed",
            hint="say which it is with bind=…",
        )


def history_of(project: Project, connection: Connection) -> History:
    """The version table of the database behind the connection."""
    options = project.options
    return History(
        connection,
        dialect_of(connection),
        table=options.version_table,
        schema=options.version_table_schema,
    )


def version_rows(project: Project, bind: str) -> frozenset[str]:
    """The revisions that a database is at; the version table is not made for it."""
    with connect(project, bind) as connection:
        return history_of(project, connection).rows()


def require_known(graph: Graph, rows: frozenset[str]) -> None:
    """Raise UnknownRevisionError where the database is at a revision that no file has."""
    unknown = sorted(row for row in rows if row not in graph)
    if unknown:
        squashed = next((each for each in graph if unknown[0] in each.replaces), None)
        if squashed is not None:
            raise UnknownRevisionError(
                f"the database is at {unknown[0]}, in the middle of what revision {squashed.id} "
                f"replaces, and the files that lead from there to {squashed.id} are gone",
                revisions=unknown,
                hint="bring back their folder in migrations/replaced, from version control",
            )
        raise UnknownRevisionError(
            f"the database is at {', '.join(unknown)}, and no revision file has that id",
            revisions=unknown,
            hint="get the missing file (another branch, a newer release); where it is gone for "
            "good, `flask db repair` says how to go on, or `stamp --purge` the revision that "
            "fits the tables",
        )
