"""The running migration: what the calls of a revision file act on."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flaskmig import sql
from flaskmig.engine.migrating.callers import Call, Callers
from flaskmig.engine.migrating.carried import Carried, NotPlannedError, table_of
from flaskmig.engine.migrating.sink import Request, Sink
from flaskmig.engine.models.metadata import DEFAULT_SCHEMAS, Reader
from flaskmig.engine.records.history import DEFAULT_TABLE
from flaskmig.errors import ConfigurationError, ObjectNotFoundError
from flaskmig.operations import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterTable,
    CreateIndex,
    DropColumn,
    DropConstraint,
    DropIndex,
    Operation,
    RenameColumn,
    RenameConstraint,
    RenameIndex,
)
from flaskmig.schema import Constraint, QualifiedName, Schema, Table

if TYPE_CHECKING:
    from sqlalchemy import Executable
    from sqlalchemy.engine import Dialect as SQLAlchemyDialect

    from flaskmig.dialects.base import Dialect, Statement

_RUNNING: ContextVar[Migration | None] = ContextVar("flaskmig_running_migration", default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a revision runs in: the same for each of its calls."""

    revision: str
    direction: str
    bind: str
    path: str
    version_table: str = DEFAULT_TABLE
    version_table_schema: str | None = None
    rows: frozenset[str] = frozenset()
    options: Mapping[str, Any] = field(default_factory=dict)
    tag: str | None = None
    x_arguments: tuple[str, ...] = ()


class Migration:
    """One function of one revision file, running.

    Operations on one table that follow each other are held back and carried out as one list,
    which is one rebuild on SQLite, until something else needs the database.
    """

    def __init__(
        self,
        setting: Setting,
        *,
        dialect: Dialect,
        reader: Reader,
        before: Carried,
        sink: Sink,
        default_schema: str | None = None,
        holds_back: bool = True,
    ) -> None:
        self.setting = setting
        self.dialect = dialect
        self.reader = reader
        self.before = before
        self.sink = sink
        self._default_schema = default_schema or DEFAULT_SCHEMAS.get(dialect.name)
        self._holds_back = holds_back
        self._callers = Callers(setting.path)
        self._held: list[tuple[Operation, Call]] = []
        self._in_batch = False
        self._has_bind = False
        self._warned = set[str]()
        self.naming_convention: dict[str, str] = {}

    @property
    def as_sql(self) -> bool:
        """Whether statements are written down and not run."""
        return self.sink.as_sql

    def name(self, name: str, schema: str | None = None) -> QualifiedName:
        """The name of an object; the connection's default schema goes unnamed in it."""
        return QualifiedName(str(name), None if schema == self._default_schema else schema)

    def run(self, *operations: Operation) -> None:
        """Carry out operations in their order, now or together with those that follow."""
        call = self._callers.here()
        for operation in operations:
            if self._held and table_of(self._held[0][0]) != table_of(operation):
                self.flush()
            self._held.append((operation, call))
            if not self._may_wait(operation, call):
                self.flush()

    def execute(self, clause: Executable, options: Mapping[str, Any] | None = None) -> None:
        """Run a SQLAlchemy statement or text as it stands."""
        request = Request(call=self._callers.here())
        self.flush()
        self.sink.execute(clause, options or {}, request)

    def insert(self, clause: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run an INSERT for each of the rows."""
        request = Request(call=self._callers.here())
        self.flush()
        self.sink.insert(clause, rows, request)

    def guard(self, statement: Statement) -> None:
        """Stop here where a guarding statement says so."""
        request = Request(call=self._callers.here())
        self.flush()
        if not self.sink.replays:
            self.sink.run(statement, request)

    def connection(self) -> Any:
        """The connection, handed out; from now on the database may change without our knowing."""
        self.flush()
        self._has_bind = True
        self._holds_back = False
        return self.sink.connection(Request(call=self._callers.here()), self.warn_once)

    def flush(self) -> None:
        """Carry out what is held back."""
        held, self._held = self._held, []
        if not held:
            return
        if self._has_bind:
            self.before.forget()
        operations = tuple(operation for operation, _ in held)
        request = Request(call=held[-1][1], operations=operations)
        with self._callers.blaming(held):
            if not self.sink.replays:
                before = self.before.supposing(operations)
                statements = self.dialect.statements(operations, before)
                with self.sink.together(statements):
                    for statement in statements:
                        self.sink.run(statement, request)
            self.before.apply(operations)

    def discard(self) -> None:
        """Drop what is held back: the function ended with an error."""
        self._held.clear()

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Keep the operations on one table together, whatever else would run them at once."""
        outer, self._in_batch = self._in_batch, True
        try:
            yield
        except BaseException:
            self._in_batch = outer
            self.discard()
            raise
        self._in_batch = outer
        self.flush()

    @contextmanager
    def outside_transaction(self) -> Iterator[None]:
        """Commit what was done, run the block outside of a transaction, then begin anew."""
        self.flush()
        with self.sink.outside():
            yield
            self.flush()

    def table(self, name: QualifiedName) -> Table:
        """The table as it is after the calls so far; raises ObjectNotFoundError."""
        return self._with_held(self._before().table(name))

    def find_table(self, name: QualifiedName) -> Table | None:
        """The table as it is after the calls so far, None where there is none."""
        found = self._before().find_table(name)
        return self._with_held(found) if found else None

    def glimpse(self, name: QualifiedName) -> Table | None:
        """The table where the operations need it or it is known anyhow.

        SQLite's rebuilds need the table in any case. PostgreSQL's statements mostly do not, and
        a query of its catalogue for each call would make a long history slow.
        Raises ObjectNotFoundError where it was looked for and is not there. None as well where
        a plan cannot know it: some statements need no more than its name.
        """
        if self.dialect.name == "sqlite":
            try:
                return self.table(name)
            except NotPlannedError:
                return None
        found = self._before().known_table(name)
        return self._with_held(found) if found else None

    def table_of_index(self, index: str, schema: str | None) -> Table | None:
        """The table that has an index of that name, looked for in all of them."""
        self.flush()
        return self._before().table_of_index(index, schema)

    def find_alike(self, table: Table, wanted: Constraint) -> Constraint | None:
        """The constraint of ``table`` that is ``wanted`` but for its name."""
        return self.sink.find_alike(table, wanted)

    def rename_in(self, expression: str, before: str, after: str) -> str:
        """An SQL expression with a column's new name, as the database rewrites it."""
        return sql.rename(expression, before, after, self.dialect.name)

    def has_schema(self, name: str) -> bool:
        """Whether there is a schema, in the sense of a namespace, of that name."""
        self.flush()
        return self.before.has_schema(name)

    @property
    def sqlalchemy_dialect(self) -> SQLAlchemyDialect:
        """SQLAlchemy's dialect, the connection's own where there is one."""
        return self.sink.sqlalchemy_dialect

    @contextmanager
    def naming(self, convention: Mapping[str, str] | None) -> Iterator[None]:
        """Know constraints without a name by the one that the convention would give them."""
        outer, self.naming_convention = self.naming_convention, dict(convention or {})
        try:
            yield
        finally:
            self.naming_convention = outer

    def warn_once(self, message: str) -> None:
        """Warn of something in the revision file, once for each text."""
        if message not in self._warned:
            self._warned.add(message)
            call = self._callers.here()
            warnings.warn_explicit(message, UserWarning, call.path, call.line or 1)

    def _before(self) -> Carried:
        if self._has_bind:
            self.before.forget()
        return self.before

    def _with_held(self, table: Table) -> Table:
        if not self._held or table_of(self._held[0][0]) != table.name:
            return table
        schema = Schema(tables=(table,))
        for operation, _ in self._held:
            schema = operation.apply(schema)
        after = schema.find_table(table.name)
        if after is None:
            raise ObjectNotFoundError(f"there is no table {table.name}")
        return after

    def _may_wait(self, operation: Operation, call: Call) -> bool:
        if isinstance(operation, CreateIndex | DropIndex) and operation.concurrently:
            return False
        if not isinstance(operation, _HELD_BACK):
            return False
        return self._in_batch or (self._holds_back and not call.in_try)


_HELD_BACK = (
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterTable,
    CreateIndex,
    DropColumn,
    DropConstraint,
    DropIndex,
    RenameColumn,
    RenameConstraint,
    RenameIndex,
)


@contextmanager
def running(migration: Migration) -> Iterator[Migration]:
    """Make this the migration that the calls of ``op`` act on."""
    token = _RUNNING.set(migration)
    try:
        yield migration
        migration.flush()
    finally:
        _RUNNING.reset(token)


def current() -> Migration:
    """The migration that runs; raises ConfigurationError where none does."""
    migration = _RUNNING.get()
    if migration is None:
        raise ConfigurationError(
            "no migration is running, so there is no database for this call to act on",
            hint="call op inside upgrade() or downgrade() of a revision file and run it with "
            "`flask db upgrade` or `flask db downgrade`",
        )
    return migration
