"""A database on the same PostgreSQL server that is made for a trial and dropped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from secrets import token_hex
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from flaskmig.dialects.postgresql import surroundings, transactions
from flaskmig.errors import UnsupportedOperationError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine

    from flaskmig.schema import Table

PREFIX = "flaskmig_proof_"

_MAY_CREATE = "SELECT rolcreatedb OR rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user"
_ENCODING = (
    "SELECT pg_catalog.pg_encoding_to_char(encoding) FROM pg_catalog.pg_database "
    "WHERE datname = pg_catalog.current_database()"
)
# Whoever makes one is connected under its name until it is dropped, and so are those who use it.
_LEFT = f"""
    SELECT d.datname, pg_catalog.pg_has_role(d.datdba, 'USAGE')
      FROM pg_catalog.pg_database d
     WHERE pg_catalog.starts_with(d.datname, '{PREFIX}')
       AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity a
                        WHERE a.datname = d.datname OR a.application_name = d.datname)
     ORDER BY d.datname
"""


class ScratchDatabase:
    """See `flaskmig.dialects.base.Scratch`; ``connection`` is to the database it is like.

    ``notes`` say what became of those that killed processes left behind.
    """

    place = "a scratch database"
    is_one_transaction = False

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._unmade: list[str] = []
        self.notes: tuple[str, ...] = ()

    @contextmanager
    def open(self, tables: Sequence[Table]) -> Iterator[Connection]:
        """A connection to a new database with the extensions and the search path of the old one.

        Raises UnsupportedOperationError where the server does not let it be made.
        """
        if not transactions.execute(self._connection, _MAY_CREATE).scalar_one():
            raise UnsupportedOperationError("the role may not create databases")
        name = f"{PREFIX}{token_hex(8)}"
        own = transactions.execute(self._connection, "SELECT current_database()").scalar_one()
        with _server(self._connection, str(own), name) as server:
            self._clear(server)
            try:
                self._make(server, name)
                with self._connected(name) as connection:
                    yield connection
            finally:
                _drop(server, name)

    def lacks(self) -> frozenset[str]:
        """The names of what no schema holds and the other database has, of any kind."""
        return surroundings.unmodelled(self._connection, self._unmade)

    def _clear(self, server: Connection) -> None:
        notes = []
        for name, is_ours in transactions.execute(server, _LEFT).all():
            try:
                if not is_ours:
                    raise UnsupportedOperationError("another role made it")
                # Not by force: somebody may be about to use it after all.
                transactions.execute(server, f'DROP DATABASE IF EXISTS "{name}"')
                notes.append(f"dropped the scratch database {name}, which a killed process left")
            except (DBAPIError, UnsupportedOperationError) as error:
                notes.append(f"the scratch database {name} was left behind: {_said(error)}")
        self.notes = tuple(notes)

    def _make(self, server: Connection, name: str) -> None:
        encoding = transactions.execute(server, _ENCODING).scalar_one()
        try:
            transactions.execute(
                server,
                f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING '{encoding}' "
                "LC_COLLATE 'C' LC_CTYPE 'C'",
            )
        except DBAPIError as error:
            raise UnsupportedOperationError(
                f"the server makes no database: {_said(error)}"
            ) from error

    @contextmanager
    def _connected(self, name: str) -> Iterator[Connection]:
        engine = _engine(self._connection, name, name)
        try:
            try:
                connection = engine.connect()
            except DBAPIError as error:
                raise UnsupportedOperationError(
                    f"the new database cannot be reached: {_said(error)}"
                ) from error
            with connection:
                self._unmade = surroundings.copy(self._connection, connection)
                yield connection
        finally:
            engine.dispose()


@contextmanager
def _server(like: Connection, database: str, application: str) -> Iterator[Connection]:
    """A connection that is in no transaction: databases are made and dropped outside of one."""
    engine = _engine(like, database, application).execution_options(isolation_level="AUTOCOMMIT")
    try:
        try:
            connection = engine.connect()
        except DBAPIError as error:
            raise UnsupportedOperationError(f"no second connection: {_said(error)}") from error
        with connection:
            yield connection
    finally:
        engine.dispose()


def _drop(server: Connection, name: str) -> None:
    """Drop the database, also where Ctrl-C is pressed once more meanwhile."""
    sql = f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
    try:
        transactions.execute(server, sql)
    except KeyboardInterrupt:
        with suppress(DBAPIError):
            transactions.execute(server, sql)
        raise
    except DBAPIError:
        # The connection broke. Nobody is connected under the name then, and the next one drops it.
        pass


def _engine(like: Connection, database: str, application: str) -> Engine:
    """An engine for another database, reached as the connection reached its own.

    What the driver knows of the connection is used and not the URL: an application may make its
    connections itself, with a password that no URL holds.
    """
    module: Any = like.dialect.loaded_dbapi
    info = transactions.driver(like).info
    known = info.get_parameters() if hasattr(info, "get_parameters") else info.dsn_parameters
    parameters = {
        **known,
        "host": info.host,
        "port": info.port,
        "dbname": database,
        "application_name": application,
    }
    if info.password:
        parameters["password"] = info.password
    given = {name: value for name, value in parameters.items() if value not in (None, "")}
    return sa.create_engine(
        f"postgresql+{like.dialect.driver}://",
        creator=lambda: module.connect(**given),
        poolclass=NullPool,
    )


def _said(error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    return " ".join(str(cause).split())
