"""Differences that must not become a revision, and why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import sqlalchemy as sa

from flaskmig.errors import ConfigurationError, UndecidedRenameError
from flaskmig.operations import AddColumn, DropTable, RenameTable
from flaskmig.schema import Column, QualifiedName

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from flaskmig.engine.comparing.renames import RenameCandidate
    from flaskmig.engine.detecting.differences import Diff


def refuse_undecided(candidates: Sequence[RenameCandidate]) -> None:
    """Raise UndecidedRenameError where a drop and an add may be a rename and nobody said."""
    if not candidates:
        return
    lines = "\n".join(f"  {candidate}" for candidate in candidates)
    flags = " ".join(f"--rename {candidate.rename}" for candidate in candidates)
    raise UndecidedRenameError(
        f"a rename keeps the data, a drop and an add lose it; which one is this?\n{lines}",
        candidates=candidates,
        hint=f"{flags}, or --no-rename",
    )


def refuse_losing_everything(found: Diff, drops: Collection[str]) -> None:
    """Raise ConfigurationError where an empty metadata would drop tables that nobody named."""
    lost = [
        str(operation.table.name)
        for operation in found.operations
        if isinstance(operation, DropTable) and str(operation.table.name) not in drops
    ]
    if lost:
        raise ConfigurationError(
            f"there are no models at all, and this would drop {', '.join(lost)}",
            hint=f"{likely_causes()}. To drop them nevertheless: "
            f"{' '.join(f'--drop {name}' for name in lost)}",
        )


def likely_causes() -> str:
    """Why the metadata of a project may be empty."""
    return (
        "import the modules with the models before the command runs (in the application "
        "factory); see that they belong to the db or metadata that Migrate was given; and look "
        "at their __bind_key__"
    )


def refuse_required_columns(found: Diff, connection: Connection) -> None:
    """Raise ConfigurationError where a NOT NULL column would have no value in rows that exist."""
    before = {
        operation.after: operation.before
        for operation in found.operations
        if isinstance(operation, RenameTable)
    }
    for operation in found.operations:
        if not isinstance(operation, AddColumn) or not _needs_value(operation):
            continue
        if not _has_rows(connection, before.get(operation.table, operation.table)):
            continue
        column = f"{operation.table}.{operation.column.name}"
        raise ConfigurationError(
            f"{column} is NOT NULL without a default, and {operation.table} has rows",
            hint=f"give the rows a value with --backfill {column}=…, "
            "or the model's column a server_default, or make it nullable",
        )


def _needs_value(operation: AddColumn) -> bool:
    column: Column = operation.column
    return (
        operation.backfill is None
        and not column.nullable
        and column.default is None
        and column.generated is None
        and column.identity is None
        and not column.autoincrement
    )


def _has_rows(connection: Connection, table: QualifiedName) -> bool:
    rows = sa.select(sa.literal(1)).select_from(sa.table(table.name, schema=table.schema))
    return connection.execute(rows.limit(1)).first() is not None
