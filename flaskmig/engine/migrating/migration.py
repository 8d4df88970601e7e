"""The running migration: what the calls of a revision file act on."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from flaskmig import sql
from flaskmig.engine.migrating.block import Block
from flaskmig.engine.migrating.callers import Call, Callers, belongs_to
from flaskmig.engine.migrating.carried import Carried, NotPlannedError
from flaskmig.engine.migrating.conditions import supposed, with_condition
from flaskmig.engine.migrating.engines import Plain, answering
from flaskmig.engine.migrating.held import Held, goes_with_others
from flaskmig.engine.migrating.own_transactions import one_by_one
from flaskmig.engine.migrating.sink import Request, Sink
from flaskmig.engine.models.metadata import DEFAULT_SCHEMAS, Reader
from flaskmig.errors import ConfigurationError
from flaskmig.operations import Operation
from flaskmig.schema import Constraint, QualifiedName, Table

if TYPE_CHECKING:
    from sqlalchemy import Executable
    from sqlalchemy.engine import Dialect as SQLAlchemyDialect
    from sqlalchemy.engine import Engine
    from sqlalchemy.pool import PoolProxiedConnection

    from flaskmig.dialects.base import Dialect, Statement
    from flaskmig.engine.migrating.setting import Setting

_RUNNING: ContextVar[Migration | None] = ContextVar("flaskmig_running_migration", default=None)


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
        self._held = Held()
        self._block: Block | None = None
        self._made_before: Call | None = None
        self._has_bind = False
        self._warned = set[str]()
        self.naming_convention: dict[str, str] = {}
        # Tables that were made by SQL of SQLAlchemy's own, such as temporary ones.
        self.beyond = set[QualifiedName]()
        # What its calls keep from one to the next, by their modules.
        self.kept: dict[str, Any] = {}

    @property
    def as_sql(self) -> bool:
        """Whether statements are written down and not run."""
        return self.sink.as_sql

    def name(self, name: str, schema: str | None = None) -> QualifiedName:
        """The name of an object; the connection's default schema goes unnamed in it."""
        return QualifiedName(str(name), None if schema == self._default_schema else schema)

    def run(self, *operations: Operation) -> None:
        """Carry out operations in their order, together, now or with those that follow."""
        call = self.here()
        block = self._block
        for operation in block.in_place(operations, self.table) if block else operations:
            if not self._held.takes(operation):
                self.flush()
            self._held.add(operation, call)
            if not goes_with_others(operation):
                self.flush()
        if block is None and (call.in_try or not self._holds_back):
            self.flush()

    def run_if_needed(self, operation: Operation, is_needed: bool) -> None:
        """Carry an operation out where it is needed, as far as anybody knows.

        A script for a database that nobody has looked at has IF [NOT] EXISTS in its statement.
        """
        if not self.sink.unseen:
            if is_needed:
                self.run(operation)
            return
        request = Request(call=self._callers.here(), operations=(operation,))
        self.flush()
        if not self.sink.replays:
            for statement in self.dialect.statements((operation,), supposed(operation)):
                sql = with_condition(statement.sql)
                self.sink.run(replace(statement, sql=sql), request)
        if is_needed:
            self.before.apply((operation,))

    def execute(self, clause: Executable, options: Mapping[str, Any] | None = None) -> None:
        """Run a SQLAlchemy statement or text as it stands."""
        request = Request(call=self.here())
        self.flush()
        for each in one_by_one(clause, self.dialect.name):
            self.sink.execute(each, options or {}, request)

    def insert(self, clause: Executable, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run an INSERT for each of the rows."""
        request = Request(call=self.here())
        self.flush()
        self.sink.insert(clause, rows, request)

    def guard(self, statement: Statement) -> None:
        """Stop here where a guarding statement says so."""
        request = Request(call=self.here())
        self.flush()
        if not self.sink.replays:
            self.sink.run(statement, request)

    def connection(self) -> Any:
        """The connection, handed out; from now on the database may change without our knowing."""
        self.flush()
        self._has_bind = True
        self._holds_back = False
        return self.sink.connection(Request(call=self.here()), self.warn_once)

    def connecting(self, engine: Engine, plain: Plain) -> PoolProxiedConnection:
        """What connecting ``engine`` gives while this runs; ``plain`` is what it does by itself.

        An engine that leads to the database that is migrated gives the migration's connection.
        """
        if not self.sink.leads_here(engine):
            return self.sink.elsewhere(engine, plain)
        self.flush()
        self._has_bind = True
        self._holds_back = False
        return self.sink.second(engine, plain, Request(call=self._callers.here()))

    def flush(self) -> None:
        """Carry out what is held back."""
        held = self._held.take()
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
                if self._block is not None:
                    self._block.check(statements, operations)
                with self.sink.together(statements):
                    for statement in statements:
                        self.sink.run(statement, request)
            self.before.apply(operations)

    def discard(self) -> None:
        """Drop what is held back: the function ended with an error."""
        self._held.take()

    def hold_nothing_back(self) -> None:
        """Carry out each call at once from now on, but for those of a batch."""
        self._holds_back = False

    def here(self) -> Call:
        """The call of the revision file that is running."""
        return self._made_before or self._callers.here()

    @contextmanager
    def at(self, call: Call) -> Iterator[None]:
        """Have what the block does belong to a call that the file made before."""
        outer, self._made_before = self._made_before, call
        try:
            yield
        except Exception as error:
            belongs_to(error, call)
            raise
        finally:
            self._made_before = outer

    @contextmanager
    def batch(self, *, rebuilds: bool = True, replaces: bool = False) -> Iterator[None]:
        """Keep the operations on one table together, whatever else would run them at once.

        Without ``rebuilds`` UnsupportedOperationError is raised where they need one. With
        ``replaces`` a constraint takes the place of the one of its name, a primary key that of
        the other one.
        """
        outer, self._block = self._block, Block(rebuilds=rebuilds, replaces=replaces)
        try:
            yield
            self.flush()
        except BaseException:
            self.discard()
            raise
        finally:
            self._block = outer

    @contextmanager
    def outside_transaction(self) -> Iterator[None]:
        """Commit what was done, run the block outside of a transaction, then begin anew."""
        self.flush()
        with self.sink.outside():
            yield
            self.flush()

    def table(self, name: QualifiedName) -> Table:
        """The table as it is after the calls so far; raises ObjectNotFoundError."""
        return self._held.after(self._before().table(name))

    def find_table(self, name: QualifiedName) -> Table | None:
        """The table as it is after the calls so far, None where there is none."""
        found = self._before().find_table(name)
        return self._held.after(found) if found else None

    def find_if_known(self, name: QualifiedName) -> Table | None:
        """The same; None too where a script is for a database that nobody has looked at."""
        try:
            return self.find_table(name)
        except NotPlannedError:
            if not self.sink.unseen:
                raise
            return None

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
        return self._held.after(found) if found else None

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
            call = self.here()
            warnings.warn_explicit(message, UserWarning, call.path, call.line or 1)

    def _before(self) -> Carried:
        if self._has_bind:
            self.before.forget()
        return self.before


@contextmanager
def running(migration: Migration) -> Iterator[Migration]:
    """Make this the migration that the calls of ``op`` act on."""
    token = _RUNNING.set(migration)
    try:
        with answering(migration.connecting):
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
