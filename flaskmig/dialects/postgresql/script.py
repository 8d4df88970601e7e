"""Collecting statements: consecutive changes of one table become one ALTER TABLE."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flaskmig.dialects.base import Hazard, Leftover, Lock, Refusal, Statement
from flaskmig.dialects.postgresql import hazards
from flaskmig.dialects.postgresql.clauses import qualified
from flaskmig.schema import QualifiedName


class Script:
    """The statements so far, and the ALTER TABLE that is still open.

    Guards go before it and what belongs after it (comments) goes behind it, so that merging
    keeps each operation's own order. A table made by this script is empty and nobody sees it:
    nothing done to it is a hazard, locks or needs a guard.
    """

    def __init__(self) -> None:
        self._done: list[Statement] = []
        self._new = set[QualifiedName]()
        self._table: QualifiedName | None = None
        self._actions: list[str] = []
        self._hazards: list[Hazard] = []
        self._columns = set[str]()
        self._after: list[Statement] = []

    def finish(self) -> list[Statement]:
        self.close()
        return self._done

    def is_new(self, table: QualifiedName) -> bool:
        return table in self._new

    def made(self, table: QualifiedName) -> None:
        self._new.add(table)

    def renamed(self, before: QualifiedName, after: QualifiedName) -> None:
        if before in self._new:
            self._new.remove(before)
            self._new.add(after)

    def add(
        self,
        sql: str,
        *,
        locks: tuple[Lock, ...] = (),
        found: tuple[Hazard, ...] = (),
        in_transaction: bool = True,
        comment: str = "",
        leftover: Leftover | None = None,
    ) -> None:
        """One statement by itself, after all that came before."""
        self.close()
        statement = self._statement(sql, locks, found, in_transaction, comment)
        if leftover is not None and not self.is_new(leftover.table):
            statement = replace(statement, leftover=leftover)
        self._done.append(statement)

    def alter(
        self,
        table: QualifiedName,
        column: str,
        actions: Iterable[str],
        found: tuple[Hazard, ...] = (),
    ) -> None:
        """Actions of ALTER TABLE on one column, joined to those of other columns before them."""
        # One ALTER TABLE runs its actions in passes, not as written: never two of one column.
        if self._table != table or column in self._columns:
            self.close()
        actions = list(actions)
        if not actions:
            return
        self._table = table
        self._columns.add(column)
        self._actions += actions
        self._hazards += found

    def guard(
        self, table: QualifiedName, sql: str, refusal: Refusal, *, column: str | None = None
    ) -> None:
        """A query whose row stops the run; it may go before the ALTER TABLE that is open.

        Not before what that does to the ``column`` which the query looks at.
        """
        if self._table != table or column in self._columns:
            self.close()
        if not self.is_new(table):
            self._done.append(Statement(sql=sql, refusal=refusal, comment="guard"))

    def after(self, table: QualifiedName, sql: str, locks: tuple[Lock, ...] = ()) -> None:
        """A statement that may wait for the ALTER TABLE that is open to be complete."""
        statement = self._statement(sql, locks, (), True, "")
        if self._table == table:
            self._after.append(statement)
        else:
            self.close()
            self._done.append(statement)

    def close(self) -> None:
        """Write the ALTER TABLE that is open."""
        table, actions, found, after = self._table, self._actions, self._hazards, self._after
        self._table, self._actions, self._hazards, self._after = None, [], [], []
        self._columns = set()
        if table is None:
            return
        body = f" {actions[0]}" if len(actions) == 1 else "\n    " + ",\n    ".join(actions)
        sql = f"ALTER TABLE {qualified(table)}{body}"
        locks = hazards.exclusive(table)
        self._done.append(self._statement(sql, locks, tuple(dict.fromkeys(found)), True, ""))
        self._done += after

    def _statement(
        self,
        sql: str,
        locks: tuple[Lock, ...],
        found: tuple[Hazard, ...],
        in_transaction: bool,
        comment: str,
    ) -> Statement:
        held = tuple(lock for lock in locks if lock.table not in self._new)
        # The first lock is that of the table which the statement is about.
        is_risky = not locks or locks[0].table not in self._new
        return Statement(
            sql=sql,
            locks=held,
            hazards=found if is_risky else (),
            in_transaction=in_transaction,
            comment=comment,
        )
