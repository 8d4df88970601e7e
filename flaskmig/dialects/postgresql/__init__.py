"""PostgreSQL 14 and later."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cached_property
from typing import TYPE_CHECKING, Any

from flaskmig.errors import UnsupportedOperationError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, CursorResult
    from sqlalchemy.engine import Dialect as SQLAlchemyDialect

    from flaskmig.dialects.base import (
        Awaited,
        Before,
        Effect,
        Loss,
        Normalized,
        Scratch,
        Statement,
    )
    from flaskmig.operations import AlterColumn, Operation
    from flaskmig.schema import Column, Enum, QualifiedName, Schema, Table
    from flaskmig.schema.outline import Outline


_NOBODY_TO_ASK = "there is no PostgreSQL database at hand to ask"


class PostgreSQL:
    """The `Dialect` for PostgreSQL, through psycopg 3 or psycopg2."""

    name = "postgresql"

    @cached_property
    def compiler(self) -> SQLAlchemyDialect:
        """SQLAlchemy's dialect, with parameters as ``:name`` so that ``%`` stays as it is."""
        from sqlalchemy.dialects.postgresql.base import PGDialect

        compiler: SQLAlchemyDialect = PGDialect(paramstyle="named")  # type: ignore[no-untyped-call]
        # Without a connection SQLAlchemy supposes standard_conforming_strings to be off.
        vars(compiler)["_backslash_escapes"] = False
        return compiler

    def default_schema(self, connection: Connection) -> str | None:
        """The first schema of search_path that there is; None where there is none."""
        from flaskmig.dialects.postgresql.catalog import default_schema

        return default_schema(connection)

    def introspect(
        self,
        connection: Connection,
        *,
        schemas: Collection[str] = (),
        only: Collection[QualifiedName] | None = None,
        without: Collection[QualifiedName] = (),
    ) -> Schema:
        """What the database has in its default schema and in ``schemas``.

        ``only`` limits the tables, views and functions; ``without`` are tables that are not
        read. Members of extensions, partitions and
        temporary tables are not among them, nor are indexes that CREATE INDEX CONCURRENTLY left
        half made.
        """
        from flaskmig.dialects.postgresql.introspection import introspect

        return introspect(connection, schemas=schemas, only=only, without=without)

    def outlines(self, connection: Connection, schemas: Collection[str] = ()) -> list[Outline]:
        """Of tables that are made of plain columns, keys, checks and indexes."""
        from flaskmig.dialects.postgresql.outlines import outlines

        return outlines(connection, schemas)

    def outlined_column(self, facts: Hashable) -> Column:
        """The column that what the catalogue says of it describes."""
        from flaskmig.dialects.postgresql.outlines import outlined_column

        return outlined_column(facts)

    def inexpressible(self, connection: Connection, schemas: Collection[str]) -> tuple[str, ...]:
        """Domains, inheritance, foreign tables, policies and what else has no operation."""
        from flaskmig.dialects.postgresql.inexpressible import inexpressible

        return inexpressible(connection, schemas)

    def spell_type(self, sql: str) -> str:
        """The spelling of ``format_type``; pure."""
        from flaskmig.dialects.postgresql.spelling import spell_type

        return spell_type(sql)

    def normalize(
        self, connection: Connection | None, tables: Sequence[Table], *, enums: Sequence[Enum] = ()
    ) -> list[Table]:
        """The tables as this database would describe them; nothing is left behind.

        Raises UnsupportedOperationError ("not comparable") where the connection may not make
        temporary tables, or the database refuses one of these.
        """
        from flaskmig.dialects.postgresql.normalizing import normalize

        if connection is None:
            raise UnsupportedOperationError(_NOBODY_TO_ASK)
        return normalize(connection, tables, enums)

    def normalize_declared(
        self, connection: Connection | None, declared: Sequence[Normalized], *, around: Schema
    ) -> list[Normalized]:
        """The objects as this database would describe them; nothing is left behind.

        Raises UnsupportedOperationError ("not comparable") where the database refuses one.
        """
        from flaskmig.dialects.postgresql.trials import normalize

        if connection is None:
            raise UnsupportedOperationError(_NOBODY_TO_ASK)
        return normalize(connection, declared, around)

    def statements(self, operations: Sequence[Operation], before: Before) -> list[Statement]:
        """The SQL that carries out the operations; raises UnsupportedOperationError."""
        from flaskmig.dialects.postgresql.ddl import statements

        return statements(operations, before)

    def scratches(self, connection: Connection) -> Sequence[Scratch]:
        """A database of its own; where none can be made, a schema that is rolled back."""
        from flaskmig.dialects.postgresql.scratch_database import ScratchDatabase
        from flaskmig.dialects.postgresql.scratch_schema import ScratchSchema

        return [ScratchDatabase(connection), ScratchSchema(connection)]

    def conversion(self, operation: AlterColumn) -> str | None:
        """The USING expression that is proposed for the two types, None where none is needed."""
        from flaskmig.dialects.postgresql.conversions import proposed

        return proposed(operation.before, operation.after)

    def losses(self, operation: Operation) -> tuple[Loss, ...]:
        """What the operation loses."""
        from flaskmig.dialects.postgresql.hazards import losses_of

        return losses_of(operation)

    def stored(self, operations: Sequence[Operation], before: Before) -> list[Table]:
        """None: the catalogue holds what tables are and not how they were written."""
        return []

    def run(self, connection: Connection, statement: Statement) -> CursorResult[Any] | None:
        """Run one statement as it stands; the result where it returns rows.

        ``parameters``, where there are any, are in the driver's own style, and then ``%`` is
        the driver's too. What cannot be in a transaction runs where none is open: in a
        `session` between two steps, or on an autocommit connection. Raises
        UnsupportedOperationError where a guard refuses.
        """
        if statement.in_transaction:
            return _run(connection, statement)
        self.require_session(connection)
        with _patient(connection):
            return _run(connection, statement)

    def may_commit(self, statement: str) -> bool:
        """CALL and DO, whose code may COMMIT in its middle."""
        from flaskmig.dialects.postgresql.effects import may_commit

        return may_commit(statement)

    def effect(self, statement: str) -> Effect | None:
        """An index, an enum value, a partition; what may simply be run again; else None."""
        from flaskmig.dialects.postgresql.effects import effect_of

        return effect_of(statement)

    def session(
        self,
        connection: Connection,
        *,
        key: str,
        lock_wait: float = 60.0,
        lock_timeout: float | None = 3.0,
        statement_timeout: float | None = None,
        awaited: Awaited | None = None,
    ) -> AbstractContextManager[None]:
        """The lock ``key`` and the settings for a run; see `session.session`.

        None as a timeout leaves the server's own. Raises LockTimeoutError after ``lock_wait``.
        """
        from flaskmig.dialects.postgresql.session import session

        return session(
            connection,
            key=key,
            lock_wait=lock_wait,
            lock_timeout=lock_timeout,
            statement_timeout=statement_timeout,
            awaited=awaited,
        )

    def require_session(self, connection: Connection) -> None:
        """Raise UnsupportedOperationError behind a transaction pooler."""
        from flaskmig.dialects.postgresql.session import is_pooled

        if is_pooled(connection):
            raise UnsupportedOperationError(
                "a transaction pooler is in between, and this revision has a step that cannot be "
                "in a transaction",
                hint="connect to the server itself for upgrades",
            )

    def settle(self, connection: Connection) -> None:
        """Make the settings again: search_path above all, which scripts of pg_dump empty."""
        from flaskmig.dialects.postgresql.session import settle

        settle(connection)

    def lend(self, connection: Connection) -> None:
        """Have the next `settle` look at all settings: there is no telling what will be set."""
        from flaskmig.dialects.postgresql.session import lend

        lend(connection)

    def commit_with(self, connection: Connection, sql: str) -> bool:
        """Send the statement in one message with the COMMIT."""
        from flaskmig.dialects.postgresql.session import commit_with

        return commit_with(connection, sql)

    def epoch(self, connection: Connection) -> int | None:
        """The same number as long as the session holds the lock and nobody was lent it."""
        from flaskmig.dialects.postgresql.session import epoch

        return epoch(connection)

    def step(self, connection: Connection, ask: str = "") -> AbstractContextManager[Sequence[Any]]:
        """One transaction, or a savepoint of the one that the caller has open."""
        from flaskmig.dialects.postgresql.session import step

        return step(connection, ask)

    def together(self, connection: Connection) -> AbstractContextManager[None]:
        """Nothing: an error fails the whole transaction here, so none of it is ever committed."""
        return nullcontext()

    def is_in_transaction(self, connection: Connection) -> bool:
        from flaskmig.dialects.postgresql import transactions

        return transactions.is_alive(connection) and transactions.status(connection) in (
            transactions.IN_TRANSACTION,
            transactions.IN_FAILED_TRANSACTION,
        )

    def require_undoable(self, sql: str) -> None:
        """Nothing: no setting of a session keeps PostgreSQL from undoing."""

    def before_raw_sql(self, connection: Connection) -> None:
        """Nothing: PostgreSQL enforces its constraints by itself."""


def _run(connection: Connection, statement: Statement) -> CursorResult[Any] | None:
    from flaskmig.dialects.postgresql.sending import one_command

    if statement.leftover is not None:
        from flaskmig.dialects.postgresql.leftovers import clear

        concurrently = not statement.in_transaction
        clear(connection, statement.leftover, concurrently=concurrently)
    if statement.parameters:
        result = connection.exec_driver_sql(statement.sql, statement.parameters)
    else:
        result = one_command(connection, statement.sql)
    if statement.refusal is not None:
        if result.first() is not None:
            raise statement.refusal.error()
        return None
    return result if result.returns_rows else None


@contextmanager
def _patient(connection: Connection) -> Iterator[None]:
    """No lock_timeout: CONCURRENTLY waits for older transactions, and giving up leaves ruins."""
    from flaskmig.dialects.postgresql import transactions

    before = transactions.execute(connection, "SHOW lock_timeout").scalar_one()
    if transactions.is_open(connection) or before == "0":
        yield
        return
    transactions.execute(connection, "SET lock_timeout = 0")
    try:
        yield
    finally:
        if transactions.is_alive(connection):
            transactions.execute(connection, f"SET lock_timeout = '{before}'")
