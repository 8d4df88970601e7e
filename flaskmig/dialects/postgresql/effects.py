"""What a statement that cannot be in a transaction is to bring about, and how far it came.

The statements are known by their text, so that those which a revision file wrote itself are
looked at like those of operations.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import text

from flaskmig import sql
from flaskmig.dialects.base import Effect, Outcome, Repeatable
from flaskmig.dialects.postgresql import transactions
from flaskmig.dialects.postgresql.clauses import qualified
from flaskmig.dialects.postgresql.index_effects import IndexGone, IndexMade, Reindexed
from flaskmig.dialects.postgresql.statement_words import Words
from flaskmig.schema import QualifiedName

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

# They leave no other state than the one that they begin with, so they may be run again.
_REPEATABLE = frozenset({"VACUUM", "ANALYZE", "CHECKPOINT", "CLUSTER", "REFRESH"})


def effect_of(statement: str) -> Effect | None:
    """What the statement is to bring about; None where nobody can see whether it did."""
    if len(sql.split(statement, "postgresql")) != 1:
        return None
    words = Words(statement)
    if words.next_is(*_REPEATABLE):
        return Repeatable()
    if words.take("REINDEX"):
        return _reindexing(words)
    if words.take("CREATE"):
        return _making(words)
    if words.take("DROP", "INDEX", "CONCURRENTLY"):
        words.take("IF", "EXISTS")
        index = words.name()
        return None if index is None else IndexGone(index)
    if words.take("ALTER", "TYPE"):
        return _adding_a_value(words)
    return _detaching(words) if words.take("ALTER", "TABLE") else None


def may_commit(statement: str) -> bool:
    """Whether the statement may fail and have committed some of what it did.

    Source: PostgreSQL's documentation, "Transaction Management" of PL/pgSQL.
    """
    return any(Words(each).next_is("CALL", "DO") for each in sql.split(statement, "postgresql"))


def _making(words: Words) -> Effect | None:
    unique = words.take("UNIQUE")
    if not words.take("INDEX", "CONCURRENTLY"):
        return None
    words.take("IF", "NOT", "EXISTS")
    # Without a name the server makes one up.
    index = None if words.next_is("ON") else words.name()
    if index is None or index.schema or not words.take("ON"):
        return None
    words.take("ONLY")
    table = words.name()
    return None if table is None else IndexMade(index.name, table, unique, words.rest())


def _reindexing(words: Words) -> Effect | None:
    words.take_parentheses()
    is_table = words.next_is("TABLE")
    if not any(words.take(kind) for kind in ("INDEX", "TABLE", "SCHEMA", "DATABASE", "SYSTEM")):
        return None
    words.take("CONCURRENTLY")
    return Reindexed(words.name() if is_table else None)


def _adding_a_value(words: Words) -> Effect | None:
    enum = words.name()
    if enum is None or not words.take("ADD", "VALUE"):
        return None
    words.take("IF", "NOT", "EXISTS")
    value, neighbour, after = words.string(), None, words.next_is("AFTER")
    if words.take("AFTER") or words.take("BEFORE"):
        neighbour = words.string()
    if value is None or not words.is_at_end:
        return None
    return ValueAdded(enum, value, neighbour, after)


def _detaching(words: Words) -> Effect | None:
    words.take("IF", "EXISTS")
    words.take("ONLY")
    table = words.name()
    if table is None or not words.take("DETACH", "PARTITION"):
        return None
    partition = words.name()
    if partition is None or not words.take("CONCURRENTLY"):
        return None
    return PartitionDetached(table, partition)


@dataclass(frozen=True, slots=True)
class ValueAdded:
    """ALTER TYPE … ADD VALUE, ``after`` or before the ``neighbour`` where there is one."""

    shows: ClassVar[bool] = True
    enum: QualifiedName
    value: str
    neighbour: str | None
    after: bool

    def __str__(self) -> str:
        return f"value {self.value!r} of enum {self.enum}"

    def outcome(self, connection: Connection) -> Outcome:
        """Different where the value is there in another place; it is never half made."""
        labels = connection.execute(_LABELS, {"enum": qualified(self.enum)}).scalars().all()
        if self.value not in labels:
            return Outcome.ABSENT
        return Outcome.AS_WANTED if self._is_in_place(labels) else Outcome.DIFFERENT

    def _is_in_place(self, labels: Sequence[str]) -> bool:
        if self.neighbour is None:
            return True
        place = labels.index(self.value) + (-1 if self.after else 1)
        return 0 <= place < len(labels) and labels[place] == self.neighbour

    def clear(self, connection: Connection) -> None:
        """Nothing: it is never half made."""


@dataclass(frozen=True, slots=True)
class PartitionDetached:
    """ALTER TABLE … DETACH PARTITION … CONCURRENTLY."""

    shows: ClassVar[bool] = True
    table: QualifiedName
    partition: QualifiedName

    def __str__(self) -> str:
        return f"partition {self.partition} of {self.table}"

    def outcome(self, connection: Connection) -> Outcome:
        binds = {"table": qualified(self.table), "partition": qualified(self.partition)}
        is_pending = connection.execute(_DETACHING, binds).scalar_one_or_none()
        if is_pending is None:
            return Outcome.AS_WANTED
        return Outcome.HALF_MADE if is_pending else Outcome.ABSENT

    def clear(self, connection: Connection) -> None:
        """Bring it to an end (PostgreSQL documentation: ALTER TABLE, DETACH PARTITION)."""
        names = f"{qualified(self.table)} DETACH PARTITION {qualified(self.partition)}"
        transactions.execute(connection, f"ALTER TABLE {names} FINALIZE")


_LABELS = text(
    """
    SELECT enumlabel FROM pg_catalog.pg_enum
     WHERE enumtypid = pg_catalog.to_regtype(:enum) ORDER BY enumsortorder
    """
)
_DETACHING = text(
    """
    SELECT inhdetachpending FROM pg_catalog.pg_inherits
     WHERE inhparent = pg_catalog.to_regclass(:table)
       AND inhrelid = pg_catalog.to_regclass(:partition)
    """
)
