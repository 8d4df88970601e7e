"""SQL that a person wrote."""

from __future__ import annotations

from dataclasses import dataclass

from flaskmig.errors import IrreversibleError
from flaskmig.operations.base import BaseOperation
from flaskmig.schema import Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSQL(BaseOperation):
    """Run one SQL statement; the model does not know what it does to the schema."""

    sql: str
    reverse_sql: str | None = None

    def apply(self, schema: Schema) -> Schema:
        return schema

    def reverse(self) -> RunSQL:
        if self.reverse_sql is None:
            raise IrreversibleError(
                f"nothing says how to undo {self}", hint="write the downgrade by hand"
            )
        return RunSQL(sql=self.reverse_sql, reverse_sql=self.sql)

    def __str__(self) -> str:
        first = " ".join(self.sql.split())
        return f"run {first if len(first) <= 70 else first[:67] + '...'}"
