"""`Bench`: two databases of one kind, emptied for each case rather than made anew."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from flaskmig.declare import declared_in
from tests.databases import postgresql_database
from tests.live.catalogue import postgresql_dump, sqlite_shape
from tests.postgres import Server

_USER_SCHEMAS = r"SELECT nspname FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema$)'"
# What pg_dump says of the session that reads the dump.
_SESSION = ("SET ", "SELECT pg_catalog.set_config")


@dataclass
class Bench:
    """``work`` is the database that is migrated, ``peer`` the one that create_all makes."""

    name: str
    work: Engine
    peer: Engine
    version: int | None
    empty: Callable[[Engine], None]
    read: Callable[[Engine], object]

    def clear(self) -> None:
        """Take everything out of both databases."""
        for engine in (self.work, self.peer):
            self.empty(engine)

    def catalogue(self, engine: Engine) -> object:
        """All that the database has, as the database itself or its own tools tell it."""
        return self.read(engine)

    def made_by_create_all(
        self, metadata: sa.MetaData, setup: str | None, beside: str | None
    ) -> object:
        """The catalogue of the models as SQLAlchemy makes them, between the case's own scripts."""
        self.empty(self.peer)
        with self.peer.begin() as connection:
            run_script(connection, setup)
            if self.name == "postgresql":
                for schema in schemas_of(metadata):
                    connection.execute(sa.schema.CreateSchema(schema, if_not_exists=True))
            metadata.create_all(connection)
            run_script(connection, beside)
        return self.read(self.peer)


@contextmanager
def sqlite_bench(folder: Path) -> Iterator[Bench]:
    """Files in ``folder``."""
    paths = {name: folder / f"{name}.sqlite" for name in ("work", "peer")}
    engines = {name: sa.create_engine(f"sqlite:///{path}") for name, path in paths.items()}
    for engine in engines.values():
        # Nothing here outlives the test, so nothing is waited for until it is on the disk.
        sa.event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous = OFF"))
        sa.event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA foreign_keys = ON"))

    def empty(engine: Engine) -> None:
        engine.dispose()
        Path(str(engine.url.database)).unlink(missing_ok=True)

    def read(engine: Engine) -> object:
        with engine.connect() as connection:
            return sqlite_shape(connection)

    yield Bench("sqlite", engines["work"], engines["peer"], None, empty, read)
    for engine in engines.values():
        empty(engine)


@contextmanager
def postgresql_bench(server: Server) -> Iterator[Bench]:
    """Two databases of the server."""
    with ExitStack() as stack:
        work, peer = (stack.enter_context(postgresql_database(server)) for _ in range(2))
        with work.connect() as connection:
            assert connection.dialect.server_version_info
            version = int(connection.dialect.server_version_info[0])
            _make_tablespace(connection.execution_options(isolation_level="AUTOCOMMIT"))

        def read(engine: Engine) -> object:
            dumped = postgresql_dump(server, str(engine.url.database))
            return [_alike(line) for line in dumped if not line.startswith(_SESSION)]

        yield Bench("postgresql", work, peer, version, _drop_everything, read)


def _alike(statement: str) -> str:
    """The statement with one spelling where PostgreSQL has two for the same.

    It keeps the order in which storage parameters were set, and once it has read its own text of
    a list of strings it casts each of them rather than the list.
    """
    statement = re.sub(r"\(('(?:[^']|'')*'::character varying)\)::text", r"\1", statement)
    statement = re.sub(r"\((ARRAY\[[^\[\]]*\])\)::text\[\]", r"\1", statement)
    return re.sub(
        r"^(WITH \()(\w+='.*')\)",
        lambda found: f"{found[1]}{', '.join(sorted(found[2].split(', ')))})",
        statement,
        flags=re.M,
    )


_SPARE = "SELECT 1 FROM pg_catalog.pg_tablespace WHERE spcname = 'spare'"


def _make_tablespace(connection: Connection) -> None:
    """A second place for tables, named "spare", which is the whole server's, and stays there."""
    connection.exec_driver_sql("SET allow_in_place_tablespaces = on")
    if not connection.exec_driver_sql(_SPARE).first():
        connection.exec_driver_sql("CREATE TABLESPACE spare LOCATION ''")


def _drop_everything(engine: Engine) -> None:
    # Connections keep what they know of types that are gone.
    engine.dispose()
    with engine.begin() as connection:
        quote = connection.dialect.identifier_preparer.quote_identifier
        names = [quote(name) for name in connection.exec_driver_sql(_USER_SCHEMAS).scalars()]
        connection.exec_driver_sql("SET LOCAL client_min_messages = warning")
        connection.exec_driver_sql(f"DROP SCHEMA {', '.join(names)} CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")


def run_script(connection: Connection, sql: str | None) -> None:
    """Run statements, as many as there are."""
    if sql is None:
        return
    if connection.dialect.name == "sqlite":
        # The driver's own way for several would end the transaction.
        for statement in split_statements(sql):
            connection.exec_driver_sql(statement)
    else:
        connection.exec_driver_sql(sql)


def split_statements(sql: str) -> Iterator[str]:
    """The statements of a script for SQLite, each ended by a semicolon at the end of a line."""
    import sqlite3

    text = ""
    for line in sql.splitlines(keepends=True):
        text += line
        if sqlite3.complete_statement(text):
            yield text
            text = ""
    assert not text.strip(), f"a statement has no end: {text}"


def schemas_of(metadata: sa.MetaData) -> list[str]:
    """The schemas that the models name."""
    found = {table.schema for table in metadata.tables.values()}
    found |= {getattr(each, "schema", None) for each in declared_in(metadata, "postgresql")}
    found |= {sequence.schema for sequence in metadata._sequences.values()}
    for table in metadata.tables.values():
        found |= {getattr(column.type, "schema", None) for column in table.columns}
    return sorted(name for name in found if name)
