"""Differences that must not become a revision, and why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from flaskmig.errors import ConfigurationError, UndecidedRenameError
from flaskmig.operations import (
    AddColumn,
    AlterColumn,
    DropTable,
    Operation,
    RenameColumn,
    RenameTable,
)
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
    """Raise ConfigurationError where NOT NULL columns would have no value in rows that exist.

    All of them are named at once.
    """
    origins = _Origins(found.operations)
    refused: dict[str, str] = {}
    in_key, added = False, False
    for operation in found.operations:
        match operation:
            case AddColumn(column=column) if _needs_value(operation):
                if not _has_rows(connection, origins.table(operation.table)):
                    continue
                why = f"is NOT NULL without a default, and {operation.table} has rows"
                added = True
            case AlterColumn(after=column) if _loses_nulls(operation):
                if not _has_nulls(connection, *origins.column(operation)):
                    continue
                why = "becomes NOT NULL, and there are rows without a value for it"
            case _:
                continue
        refused[f"{operation.table}.{column.name}"] = why
        key = found.desired.table(operation.table).primary_key
        in_key = in_key or (key is not None and column.name in key.columns)
    if not refused:
        return
    flags = " ".join(f"--backfill {column}=…" for column in refused)
    ways = [f"give the rows a value with {flags}"]
    if added:
        ways.append("or the model's column a server_default")
    if not in_key:
        ways.append("or make it nullable" if len(refused) == 1 else "or make them nullable")
    raise ConfigurationError(
        "\n".join(f"{column} {why}" for column, why in refused.items()), hint=", ".join(ways)
    )


class _Origins:
    """What tables and columns are called in the database, before the operations rename them."""

    def __init__(self, operations: Sequence[Operation]) -> None:
        self._tables: dict[QualifiedName, QualifiedName] = {}
        self._columns: dict[tuple[QualifiedName, str], str] = {}
        for operation in operations:
            if isinstance(operation, RenameTable):
                self._tables[operation.after] = self.table(operation.before)
            elif isinstance(operation, RenameColumn):
                key = (self.table(operation.table), operation.after)
                self._columns[key] = operation.before

    def table(self, name: QualifiedName) -> QualifiedName:
        return self._tables.get(name, name)

    def column(self, operation: AlterColumn) -> tuple[QualifiedName, str]:
        table, name = self.table(operation.table), operation.before.name
        return table, self._columns.get((table, name), name)


def _loses_nulls(operation: AlterColumn) -> bool:
    return (
        operation.becomes_required
        and operation.backfill is None
        and operation.after.generated is None
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


def _has_nulls(connection: Connection, table: QualifiedName, name: str) -> bool:
    column: sa.ColumnClause[Any] = sa.column(name)
    owner = sa.table(table.name, column, schema=table.schema)
    rows = sa.select(sa.literal(1)).select_from(owner).where(column.is_(None))
    return connection.execute(rows.limit(1)).first() is not None


def _has_rows(connection: Connection, table: QualifiedName) -> bool:
    rows = sa.select(sa.literal(1)).select_from(sa.table(table.name, schema=table.schema))
    return connection.execute(rows.limit(1)).first() is not None
