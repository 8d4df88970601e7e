"""The call that says that there is no way back."""

from __future__ import annotations

from flaskmig.dialects.base import Refusal, Statement
from flaskmig.engine.migrating.migration import current
from flaskmig.errors import IrreversibleError
from flaskmig.sql import quote

_HINT = (
    "give op.add_column a backfill=, an SQL expression for those rows, and take this call out; "
    "or restore a backup"
)


def irreversible(reason: str, *, table: str | None = None, schema: str | None = None) -> None:
    """Stop here with IrreversibleError, which gives the reason.

    With a ``table`` only where that has rows: an empty one has nothing that could be lost.
    """
    migration = current()
    if table is None:
        raise IrreversibleError(reason, hint="restore a backup")
    name = migration.name(table, schema)
    owner = f"{quote(name.schema)}.{quote(name.name)}" if name.schema else quote(name.name)
    refusal = Refusal(message=reason, hint=_HINT, is_final=True)
    migration.guard(Statement(sql=f"SELECT 1 FROM {owner} LIMIT 1", refusal=refusal))
