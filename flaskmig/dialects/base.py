"""What the engine asks of a database: the Dialect protocol, and what a dialect answers with."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Collection, Hashable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeAlias

from flaskmig.errors import (
    ExecutionError,
    IrreversibleError,
    OperationError,
    UnsupportedOperationError,
)

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, CursorResult
    from sqlalchemy.engine import Dialect as SQLAlchemyDialect

    from flaskmig.operations import AlterColumn, Operation
    from flaskmig.schema import (
        Column,
        Enum,
        Function,
        QualifiedName,
        Schema,
        Table,
        Trigger,
        View,
    )
    from flaskmig.schema import Sequence as SequenceObject
    from flaskmig.schema.outline import Outline


Normalized: TypeAlias = "View | Function | Trigger"
# Called while a lock is waited for, with who has it; with an empty text where nobody can tell.
Awaited: TypeAlias = Callable[[str], None]
# Who has it where it is no upgrade: those who read, and a COMMIT of SQLite's has to wait for.
READERS = "a program that reads it must end its transaction first"

UNSTORABLE_HINT = "take the character out"
_SURROGATE = re.compile("[\ud800-\udfff]")

# What the name of a copy begins with while it is to take a table's place. Errors name the copy.
STAND_IN = "_flaskmig_new_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """Something risky in a statement; ``instead`` says how to do it safely."""

    code: str
    message: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Loss:
    """What an operation loses: ``sentence`` says so in warnings, ``remark`` in revision files.

    A remark has no names in it. It becomes a comment above the call that has them, and into
    comments goes nothing that stands in a database.
    """

    sentence: str
    remark: str


def unstorable(text: str) -> str:
    """What no database can hold of the text, for people; "" for a text as it should be.

    A driver ends the text at a NUL, or fails; half of a surrogate pair has no bytes in UTF-8.
    """
    if "\0" in text:
        return "no database can hold a NUL character"
    if not text.isascii() and _SURROGATE.search(text):
        return "no database can hold half of a surrogate pair"
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """A lock that a statement takes, in the database's own word for its mode."""

    table: QualifiedName
    mode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why to stop where a guarding query returns a row, and what to do instead.

    With ``tells`` the row's only value is a text that says what was found.
    """

    message: str
    hint: str = ""
    is_final: bool = False
    tells: bool = False

    def error(self, row: Sequence[Any] = ()) -> OperationError:
        """What to raise; where it ``is_final`` there is no way back at all."""
        kind = IrreversibleError if self.is_final else UnsupportedOperationError
        told = f": {row[0]}" if self.tells and row else ""
        return kind(self.message + told, hint=self.hint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """An index that an earlier try to make it may have left half made.

    ``query`` is for scripts: its row, where it gives one, is the statement that clears it away.
    """

    index: str
    table: QualifiedName
    query: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One SQL statement, run exactly as it stands: no ``%`` or ``:name`` is read in it.

    With a ``refusal``, ``sql`` is a query that guards what follows: a row that it returns stops
    the run with UnsupportedOperationError. ``in_transaction=False`` marks what a database only
    does outside of one. ``comment`` says why the statement is there, for plans and scripts.
    A ``leftover`` is cleared away before the statement runs, if it is there. ``watches`` is the
    table whose foreign keys, and those to it, no row may break while the revision runs.
    """

    sql: str
    parameters: tuple[Any, ...] = ()
    in_transaction: bool = True
    hazards: tuple[Hazard, ...] = ()
    locks: tuple[Lock, ...] = ()
    refusal: Refusal | None = None
    comment: str = ""
    leftover: Leftover | None = None
    watches: str = ""

    def __post_init__(self) -> None:
        """Raise UnsupportedOperationError for text that would not reach a database whole."""
        fault = unstorable(self.sql)
        if fault:
            raise UnsupportedOperationError(f"{fault}: {self.sql[:80]!a}", hint=UNSTORABLE_HINT)


class Outcome(enum.Enum):
    """How far a statement is that was begun outside of a transaction.

    What it is to bring about is ABSENT, HALF_MADE, there AS_WANTED, or something DIFFERENT is in
    its place.
    """

    ABSENT = "absent"
    HALF_MADE = "half made"
    AS_WANTED = "there as wanted"
    DIFFERENT = "there and different"


class TransactionEnded(ExecutionError):
    """Something inside of a step ended its transaction: what was done before may have stayed."""


class Effect(Protocol):
    """What a statement that cannot be in a transaction is to bring about; str() names it.

    ``shows``: whether ABSENT means that the statement did not run.
    """

    shows: ClassVar[bool]

    def outcome(self, connection: Connection) -> Outcome:
        """How far it is."""
        ...

    def clear(self, connection: Connection) -> None:
        """Bring what is half made to an end, or take it away, so that `outcome` is another."""
        ...


@dataclass(frozen=True, slots=True)
class Repeatable:
    """The effect of a statement that may simply be run again, whatever became of it."""

    shows: ClassVar[bool] = False

    def outcome(self, connection: Connection) -> Outcome:
        """ABSENT, always."""
        return Outcome.ABSENT

    def clear(self, connection: Connection) -> None:
        """Nothing: it is never half made."""


class Before(Protocol):
    """What is there before the operations: a `Schema`, or a reader that looks when asked."""

    def find_table(self, name: QualifiedName) -> Table | None: ...

    def find_enum(self, name: QualifiedName) -> Enum | None: ...

    def find_sequence(self, name: QualifiedName) -> SequenceObject | None: ...

    def table(self, name: QualifiedName) -> Table: ...

    def tables_using(self, enum: QualifiedName) -> Sequence[Table]:
        """The tables with a column of that enum type, in any schema."""
        ...

    def find_view(self, name: QualifiedName) -> View | None: ...

    def views_reading(self, relation: QualifiedName) -> Sequence[View]:
        """The views that read the table or view, not those that read them in turn."""
        ...

    def triggers_of(self, table: QualifiedName) -> Sequence[Trigger]:
        """The triggers of the table or view."""
        ...


class Scratch(Protocol):
    """A place where objects can be made for a trial, and nothing of them stays."""

    @property
    def place(self) -> str:
        """What it is, for people: "an in-memory database"."""
        ...

    @property
    def is_one_transaction(self) -> bool:
        """Whether all of it is in one transaction, so that nothing can be outside of one."""
        ...

    @property
    def notes(self) -> tuple[str, ...]:
        """What to tell people after it was opened."""
        ...

    def open(self, tables: Sequence[Table]) -> AbstractContextManager[Connection]:
        """A connection to the place, empty; ``tables`` are those that are to be made there.

        Raises UnsupportedOperationError, with the reason, where there can be none.
        """
        ...

    def lacks(self) -> Collection[str]:
        """Names of what it does not have though the database has it; asked after a failure."""
        ...


class Dialect(Protocol):
    """The few questions that are answered for each database."""

    @property
    def name(self) -> str:
        """ "sqlite" or "postgresql"."""
        ...

    @property
    def compiler(self) -> SQLAlchemyDialect:
        """The SQLAlchemy dialect that types and expressions of models are compiled with.

        Its parameter style is one that leaves ``%`` alone.
        """
        ...

    def default_schema(self, connection: Connection) -> str | None:
        """The name of the schema that ``schema=None`` means on this connection."""
        ...

    def introspect(
        self,
        connection: Connection,
        *,
        schemas: Collection[str] = (),
        only: Collection[QualifiedName] | None = None,
        without: Collection[QualifiedName] = (),
    ) -> Schema:
        """What the database has in its default schema and in ``schemas``.

        ``only`` limits the tables (and what their columns use) to those named, for a quick look
        at a few; a name that is not there is left out of the answer. The tables named by
        ``without`` are not read; what stands on them, such as triggers, is.
        """
        ...

    def outlines(self, connection: Connection, schemas: Collection[str] = ()) -> list[Outline]:
        """The outlines of the tables in the default schema and in ``schemas`` that have one.

        With `outlined_column` each gives the very table that `introspect` does.
        """
        ...

    def outlined_column(self, facts: Hashable) -> Column:
        """The column that a value in `Outline.columns` stands for, under any name; pure."""
        ...

    def inexpressible(self, connection: Connection, schemas: Collection[str]) -> tuple[str, ...]:
        """What the default schema and ``schemas`` have that no operation can express.

        Each is a phrase for people, "domain email"; what it names is left alone.
        """
        ...

    def spell_type(self, sql: str) -> str:
        """The catalogue's own spelling of a type; pure."""
        ...

    def normalize(
        self, connection: Connection | None, tables: Sequence[Table], *, enums: Sequence[Enum] = ()
    ) -> list[Table]:
        """The tables as this database would describe them had it made them.

        Nothing is left behind and the caller's transaction, if there is one, stays open.
        ``enums`` are those the tables use that the database may not have yet. Raises
        UnsupportedOperationError where a connection is needed and there is none.
        """
        ...

    def normalize_declared(
        self, connection: Connection | None, declared: Sequence[Normalized], *, around: Schema
    ) -> list[Normalized]:
        """The objects as this database would describe them had it made them, in the order given.

        With all that it knows of them: views with ``uses`` and ``output``, functions with
        ``arguments`` and ``interface``. ``around`` is the schema that they are to stand in: what
        they need of it and the database does not have, or has otherwise, is made for the time.
        Nothing is left behind and the caller's transaction, if there is one, stays open.

        Raises OperationError or a driver's error where one of them cannot be made.
        """
        ...

    def statements(self, operations: Sequence[Operation], before: Before) -> list[Statement]:
        """The SQL that carries out the operations, in their order, starting from ``before``.

        Raises UnsupportedOperationError, with the reason, for what the database cannot do.
        """
        ...

    def scratches(self, connection: Connection) -> Sequence[Scratch]:
        """Where something can be tried as on the database of the connection, the best first.

        The connection stays in use while one of them is open. Rows are not read, and nothing
        of the database is locked or changed.
        """
        ...

    def conversion(self, operation: AlterColumn) -> str | None:
        """The SQL that `statements` makes a column's new values with, for people to see; pure.

        None where the database does it by itself, or has no way.
        """
        ...

    def losses(self, operation: Operation) -> tuple[Loss, ...]:
        """What the operation loses; pure.

        Empty where its reverse brings everything back.
        """
        ...

    def stored(self, operations: Sequence[Operation], before: Before) -> list[Table]:
        """The tables that keep their text in the database, with what operations make of it.

        ``Table.sql`` and ``Table.triggers`` of what the operations are about; pure. Empty where
        the database keeps no text.
        """
        ...

    def run(self, connection: Connection, statement: Statement) -> CursorResult[Any] | None:
        """Run one statement as it stands; the result where it returns rows.

        Raises UnsupportedOperationError where a guard refuses; a driver's error passes.
        """
        ...

    def may_commit(self, statement: str) -> bool:
        """Whether a statement outside of a transaction may fail and have committed some of it."""
        ...

    def effect(self, statement: str) -> Effect | None:
        """What a statement outside of a transaction is to bring about, read from its text.

        None where nobody can see whether it took effect.
        """
        ...

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
        """Settings made, read back and at the end restored; on PostgreSQL also the lock ``key``.

        Times are seconds; a timeout of 0 is none, None leaves the database's own. ``awaited`` is
        called when the lock is not free at once. Raises LockTimeoutError after ``lock_wait``,
        ConfigurationError where a setting does not take.
        """
        ...

    def require_session(self, connection: Connection) -> None:
        """Raise UnsupportedOperationError where nothing may run between two steps.

        There the lock must be the session's, and behind some poolers a session has none.
        """
        ...

    def settle(self, connection: Connection) -> None:
        """Make the session's settings again, which SQL of a revision may have changed."""
        ...

    def lend(self, connection: Connection) -> None:
        """Somebody else is about to run SQL in the session, or gets hold of its connection."""
        ...

    def commit_with(self, connection: Connection, sql: str) -> bool:
        """Have the step that is open run one more statement right before it is committed.

        False where it does not, and nothing is saved by it. An error of the statement is raised
        where the step ends, and undoes the step.
        """
        ...

    def epoch(self, connection: Connection) -> int | None:
        """A number that stays while nobody else can have written what the run's lock guards.

        Asked inside of a step; what was seen at the same number need not be looked at again.
        None where there is no telling.
        """
        ...

    def step(self, connection: Connection, ask: str = "") -> AbstractContextManager[Sequence[Any]]:
        """One atomic step: committed at the end, rolled back by an error.

        Gives the rows of the query ``ask``, which is run first inside of it; none without one.
        Raises TransactionEnded where something inside ended its transaction.
        """
        ...

    def together(self, connection: Connection) -> AbstractContextManager[None]:
        """Inside of a step, statements of which an error leaves none behind.

        The error may be caught outside and the step go on.
        """
        ...

    def is_in_transaction(self, connection: Connection) -> bool:
        """Whether the server has a transaction open, also one that failed."""
        ...

    def require_undoable(self, sql: str) -> None:
        """Raise UnsupportedOperationError for SQL after which a step could not be undone."""
        ...

    def before_raw_sql(self, connection: Connection) -> None:
        """SQL that a person wrote is about to change something inside of a step."""
        ...
