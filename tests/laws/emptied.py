"""Empty databases for one example after the other.

To make a database, to connect, and to read its catalogues for the first time costs a server as
much as an example does. So one is emptied and used again, with its connection; that it is as a new
one is asked of its catalogues each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from sqlalchemy.engine import Connection

from tests.databases import postgresql_database
from tests.postgres import Server

_SCHEMAS = r"""
SELECT quote_ident(nspname) FROM pg_namespace
WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
"""
# As they are in template0.
_PUBLIC = (
    "CREATE SCHEMA public AUTHORIZATION pg_database_owner",
    "GRANT USAGE ON SCHEMA public TO PUBLIC",
    "COMMENT ON SCHEMA public IS 'standard public schema'",
)
# What is made by others than the server itself has a number from here on.
_LEFT = """
SELECT 'relation', relname FROM pg_class WHERE oid >= 16384
UNION ALL SELECT 'type', typname FROM pg_type WHERE oid >= 16384
UNION ALL SELECT 'function', proname FROM pg_proc WHERE oid >= 16384
UNION ALL SELECT 'operator', oprname FROM pg_operator WHERE oid >= 16384
UNION ALL SELECT 'extension', extname FROM pg_extension WHERE oid >= 16384
UNION ALL SELECT 'schema', nspname FROM pg_namespace WHERE oid >= 16384 AND nspname <> 'public'
"""
# Catalogues grow by what was dropped.
_USES = 100


class EmptyDatabases:
    """Databases of a server, each used by one example at a time."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._free: list[Connection] = []
        self._uses: dict[Connection, int] = {}
        self._made = ExitStack()

    @contextmanager
    def one(self) -> Iterator[Connection]:
        """A connection to an empty database."""
        connection = self._free.pop() if self._free else self._new()
        yield connection
        # After an error nobody knows what is left, and the next one gets a new database.
        connection.rollback()
        self._uses[connection] += 1
        if self._uses[connection] < _USES:
            _empty(connection)
            self._free.append(connection)

    def _new(self) -> Connection:
        engine = self._made.enter_context(postgresql_database(self._server))
        connection = self._made.enter_context(engine.connect())
        self._uses[connection] = 0
        return connection

    def close(self) -> None:
        """Drop the databases."""
        self._made.close()


def _empty(connection: Connection) -> None:
    for name in connection.exec_driver_sql(_SCHEMAS).scalars().all():
        connection.exec_driver_sql(f"DROP SCHEMA {name} CASCADE")
    for sql in _PUBLIC:
        connection.exec_driver_sql(sql)
    assert connection.exec_driver_sql(_LEFT).all() == []
    connection.commit()
    # Settings, temporary tables, locks and prepared statements are a session's.
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.autocommit = True
    driver.execute("DISCARD ALL")
    driver.autocommit = False
