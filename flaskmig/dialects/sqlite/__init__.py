"""SQLite."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

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


class SQLite:
    """SQLite 3.35 and later through Python's sqlite3; see `flaskmig.dialects.base.Dialect`."""

    name = "sqlite"

    @property
    def compiler(self) -> SQLAlchemyDialect:
        from sqlalchemy.dialects import sqlite

        return sqlite.dialect(paramstyle="qmark")

    def default_schema(self, connection: Connection) -> str | None:
        return "main"

    def introspect(
        self,
        connection: Connection,
        *,
        schemas: Collection[str] = (),
        only: Collection[QualifiedName] | None = None,
        without: Collection[QualifiedName] = (),
    ) -> Schema:
        from flaskmig.dialects.sqlite.catalog import introspect

        return introspect(connection, schemas=schemas, only=only, without=without)

    def outlines(self, connection: Connection, schemas: Collection[str] = ()) -> list[Outline]:
        """Of tables whose stored texts are plain."""
        from flaskmig.dialects.sqlite.driver import driver
        from flaskmig.dialects.sqlite.outlines import outlines

        return outlines(driver(connection))

    def outlined_column(self, facts: Hashable) -> Column:
        """The column that a piece of a stored text describes."""
        from flaskmig.dialects.sqlite.outlines import outlined_column

        return outlined_column(facts)

    def inexpressible(self, connection: Connection, schemas: Collection[str]) -> tuple[str, ...]:
        """Virtual tables."""
        from flaskmig.dialects.sqlite.catalog import virtual_tables

        return tuple(f"virtual table {name}" for name in virtual_tables(connection))

    def spell_type(self, sql: str) -> str:
        from flaskmig.dialects.sqlite.definition import spell_type

        return spell_type(sql)

    def normalize(
        self, connection: Connection | None, tables: Sequence[Table], *, enums: Sequence[Enum] = ()
    ) -> list[Table]:
        from flaskmig.dialects.sqlite.normalize import normalize

        return normalize(tables)

    def normalize_declared(
        self, connection: Connection | None, declared: Sequence[Normalized], *, around: Schema
    ) -> list[Normalized]:
        from flaskmig.dialects.sqlite.declared import normalize_declared

        return normalize_declared(declared, around)

    def statements(self, operations: Sequence[Operation], before: Before) -> list[Statement]:
        from flaskmig.dialects.sqlite.ddl import statements

        return statements(operations, before)

    def scratches(self, connection: Connection) -> Sequence[Scratch]:
        """A database in memory."""
        from flaskmig.dialects.sqlite.scratch import InMemory

        return [InMemory()]

    def conversion(self, operation: AlterColumn) -> str | None:
        """None: the type of a column converts what is put into it."""
        return None

    def losses(self, operation: Operation) -> tuple[Loss, ...]:
        # A change of type stops where a value would change, so it loses none.
        from flaskmig.dialects.losses import losses

        return losses(operation)

    def stored(self, operations: Sequence[Operation], before: Before) -> list[Table]:
        from flaskmig.dialects.sqlite.ddl import stored

        return stored(operations, before)

    def run(self, connection: Connection, statement: Statement) -> CursorResult[Any] | None:
        from flaskmig.dialects.sqlite.statements import run

        return run(connection, statement)

    def may_commit(self, statement: str) -> bool:
        """Nothing does: SQLite has no procedures."""
        return False

    def effect(self, statement: str) -> Effect | None:
        """Of what may simply be run again, as VACUUM; nothing else is outside of a transaction."""
        from flaskmig.dialects.sqlite.effects import effect_of

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
        """Settings only: BEGIN IMMEDIATE in `step` is the lock, so ``key`` is not used."""
        from flaskmig.dialects.sqlite.session import session

        return session(
            connection,
            lock_wait=lock_wait,
            statement_timeout=statement_timeout,
            awaited=awaited,
        )

    def require_session(self, connection: Connection) -> None:
        """Nothing: a connection is the session."""

    def settle(self, connection: Connection) -> None:
        """Bring back the pragmas that a step does not set itself."""
        from flaskmig.dialects.sqlite.session import settle

        settle(connection)

    def lend(self, connection: Connection) -> None:
        """Look at the pragmas from here on, where they can be set behind SQLite's back."""
        from flaskmig.dialects.sqlite.session import lend

        lend(connection)

    def commit_with(self, connection: Connection, sql: str) -> bool:
        """False: there is no way to the database that could be saved."""
        return False

    def epoch(self, connection: Connection) -> int | None:
        """The number that SQLite gives to what others committed (docs: PRAGMA data_version)."""
        from flaskmig.dialects.sqlite.driver import driver, setting

        return int(setting(driver(connection), "data_version"))

    def step(self, connection: Connection, ask: str = "") -> AbstractContextManager[Sequence[Any]]:
        from flaskmig.dialects.sqlite.transaction import step

        return step(connection, ask)

    def together(self, connection: Connection) -> AbstractContextManager[None]:
        from flaskmig.dialects.sqlite.transaction import together

        return together(connection)

    def is_in_transaction(self, connection: Connection) -> bool:
        from flaskmig.dialects.sqlite.driver import driver

        return driver(connection).in_transaction

    def require_undoable(self, sql: str) -> None:
        """Raise UnsupportedOperationError for a journal_mode that keeps no journal."""
        from flaskmig.dialects.sqlite.pragmas import require_undoable

        require_undoable(sql)

    def before_raw_sql(self, connection: Connection) -> None:
        """Note which foreign keys are broken before, where the application has them enforced."""
        from flaskmig.dialects.sqlite.transaction import before_raw_sql

        before_raw_sql(connection)
