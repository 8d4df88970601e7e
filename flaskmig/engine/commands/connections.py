"""Reaching the databases of a project to read where they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from flaskmig.dialects import dialect_of
from flaskmig.engine.records.history import History
from flaskmig.errors import ConfigurationError, UnknownRevisionError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.engine.configuration.project import Project
    from flaskmig.engine.revisions.graph import Graph


@contextmanager
def connect(project: Project, bind: str) -> Iterator[Connection]:
    """A connection to read with; raises ConfigurationError where there is no reaching it."""
    engine = project.engines(bind)
    dialect_of(engine)
    try:
        connection = engine.connect()
    except DBAPIError as error:
        raise ConfigurationError(
            f"cannot connect to {engine.url.render_as_string(hide_password=True)}: {error.orig}",
            hint="start the database, or check its URL",
        ) from error
    with connection:
        yield connection


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
        raise UnknownRevisionError(
            f"the database is at {', '.join(unknown)}, and no revision file has that id",
            revisions=unknown,
            hint="get the missing file (another branch, a newer release), "
            "or `stamp --purge` the revision that fits the tables",
        )
