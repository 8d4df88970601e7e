"""Operations on rows, and SQL as it stands, as objects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flaskmig.engine.calls.custom.migrate_operation import MigrateOperation


class BulkInsertOp(MigrateOperation):
    """Insert rows."""

    def __init__(
        self, table: Any, rows: Sequence[Mapping[str, Any]], *, multiinsert: bool = True
    ) -> None:
        self.table = table
        self.rows = rows
        self.multiinsert = multiinsert

    @classmethod
    def bulk_insert(
        cls,
        operations: Any,
        table: Any,
        rows: Sequence[Mapping[str, Any]],
        *,
        multiinsert: bool = True,
    ) -> None:
        operations.invoke(cls(table, rows, multiinsert=multiinsert))


class ExecuteSQLOp(MigrateOperation):
    """Run SQL, or a SQLAlchemy statement."""

    def __init__(self, sqltext: Any, *, execution_options: Mapping[str, Any] | None = None) -> None:
        self.sqltext = sqltext
        self.execution_options = execution_options

    @classmethod
    def execute(
        cls,
        operations: Any,
        sqltext: Any,
        *,
        execution_options: Mapping[str, Any] | None = None,
    ) -> None:
        operations.invoke(cls(sqltext, execution_options=execution_options))

    @classmethod
    def batch_execute(
        cls,
        operations: Any,
        sqltext: Any,
        *,
        execution_options: Mapping[str, Any] | None = None,
    ) -> None:
        cls.execute(operations, sqltext, execution_options=execution_options)

    def to_diff_tuple(self) -> tuple[Any, ...]:
        return ("execute", self.sqltext)
