"""The statements of operations on enum types."""

from __future__ import annotations

import re
from typing import NamedTuple

from flaskmig.dialects.base import Hazard, Refusal
from flaskmig.dialects.postgresql import dependents, hazards
from flaskmig.dialects.postgresql.ahead import Ahead
from flaskmig.dialects.postgresql.clauses import (
    MAX_NAME_BYTES,
    identifier,
    qualified,
)
from flaskmig.dialects.postgresql.dependents import Dependents
from flaskmig.dialects.postgresql.script import Script
from flaskmig.errors import UnsupportedOperationError
from flaskmig.operations import AlterEnum
from flaskmig.schema import (
    Column,
    Enum,
    QualifiedName,
    Table,
)
from flaskmig.sql import names, quote_literal


def create(enum: Enum) -> str:
    """CREATE TYPE; raises UnsupportedOperationError for a value of more than 63 bytes."""
    return f"CREATE TYPE {qualified(enum.name)} AS ENUM ({_values(enum.values)})"


def _values(values: tuple[str, ...]) -> str:
    return ", ".join(label(value) for value in values)


def label(value: str) -> str:
    """An enum value as a literal; the server holds at most 63 bytes of it."""
    if len(value.encode()) > MAX_NAME_BYTES:
        raise UnsupportedOperationError(
            f"the enum value {value!r} has more than {MAX_NAME_BYTES} bytes",
            hint="give it a shorter name",
        )
    return quote_literal(value)


def alter(script: Script, operation: AlterEnum, before: Ahead) -> None:
    """Add values in place; where values go or change places, make the type anew."""
    if operation.only_adds:
        _add_values(script, operation)
    else:
        _make_anew(script, operation, before)


def _add_values(script: Script, operation: AlterEnum) -> None:
    """Each new value outside of a transaction: nothing in the same one could use it.

    IF NOT EXISTS, so that a run that was cut off after one of them can be run again.
    """
    name = qualified(operation.after.name)
    values = operation.after.values
    there = set(operation.before.values)
    for position, value in enumerate(values):
        if value in there:
            continue
        place = ""
        if position:
            place = f" AFTER {label(values[position - 1])}"
        elif there:
            following = next(other for other in values if other in there)
            place = f" BEFORE {label(following)}"
        script.add(
            f"ALTER TYPE {name} ADD VALUE IF NOT EXISTS {label(value)}{place}",
            in_transaction=False,
            comment="a new value can be used only after its transaction",
        )
        there.add(value)


class _User(NamedTuple):
    """A table with columns of the type, and what of it must go while they change theirs."""

    table: Table
    columns: tuple[Column, ...]
    hanging: Dependents


def _make_anew(script: Script, operation: AlterEnum, before: Ahead) -> None:
    name = operation.after.name
    old = QualifiedName(_old_name(name.name), name.schema)
    users = [_user(table, name) for table in before.tables_using(name)]
    for user in users:
        _guard_removed(script, user, operation.removed)
    script.add(
        f"ALTER TYPE {qualified(name)} RENAME TO {identifier(old.name)}",
        comment="PostgreSQL cannot remove or reorder values: the type is made anew",
    )
    script.add(create(operation.after))
    for user in users:
        user.hanging.take_out(script)
    for user in users:
        _retype(script, user, operation)
    for user in users:
        user.hanging.put_back(script)
    script.add(f"DROP TYPE {qualified(old)}")


def _old_name(name: str) -> str:
    prefix = "flaskmig_old_"
    while len(f"{prefix}{name}".encode()) > MAX_NAME_BYTES:
        name = name[:-1]
    return prefix + name


def _user(table: Table, enum: QualifiedName) -> _User:
    columns = tuple(column for column in table.columns if column.type.enum == enum)
    touched = {column.name.lower() for column in columns}
    for column in table.columns:
        if column.generated and touched & names(column.generated.expression, "postgresql"):
            raise UnsupportedOperationError(
                f"column {table.name}.{column.name} is generated from a column of enum {enum}, "
                "whose values PostgreSQL cannot remove or reorder while it is",
                hint="drop the generated column in an earlier revision and add it anew after",
            )
    return _User(table, columns, dependents.of_type(table, touched))


def _guard_removed(script: Script, user: _User, removed: tuple[str, ...]) -> None:
    if not removed:
        return
    table = user.table.name
    for column in user.columns:
        name = identifier(column.name)
        if column.type.sql.endswith("[]"):
            condition = f"{name}::text[] && ARRAY[{_values(removed)}]::text[]"
        else:
            condition = f"{name}::text IN ({_values(removed)})"
        script.guard(
            table,
            f"SELECT 1 FROM {qualified(table)} WHERE {condition} LIMIT 1",
            Refusal(
                message=f"rows of {table} have a value in {column.name} that the enum is to lose "
                f"({', '.join(removed)})",
                hint="give these rows another value first, with op.execute",
            ),
            column=column.name,
        )


def _retype(script: Script, user: _User, operation: AlterEnum) -> None:
    table = user.table.name
    actions: list[str] = []
    found = [hazards.enum_rewrite(table)]
    for column in user.columns:
        lost = _is_lost(column, operation.removed)
        if lost:
            found.append(_lost_default(table, column))
        actions += _retype_actions(column, operation.after.name, keep_default=not lost)
    script.add(
        f"ALTER TABLE {qualified(table)}\n    " + ",\n    ".join(actions),
        locks=hazards.exclusive(table),
        found=tuple(found),
    )


def _is_lost(column: Column, removed: tuple[str, ...]) -> bool:
    """Whether the default has a value that the enum loses: another operation gives a new one."""
    default = column.default or ""
    if not column.type.sql.endswith("[]"):
        return any(quote_literal(value) in default for value in removed)
    words = re.split(r"[{},'\"]+", default)
    return any(value in words for value in removed)


def _lost_default(table: QualifiedName, column: Column) -> Hazard:
    return Hazard(
        code="default_dropped",
        message=f"the default of {table}.{column.name} is a value that the enum loses",
        instead="give the column another default in the models",
    )


def _retype_actions(column: Column, enum: QualifiedName, *, keep_default: bool) -> list[str]:
    name = identifier(column.name)
    array = "[]" if column.type.sql.endswith("[]") else ""
    target = f"{qualified(enum)}{array}"
    retype = f"ALTER COLUMN {name} TYPE {target} USING {name}::text{array}::{target}"
    if column.default is None:
        return [retype]
    actions = [f"ALTER COLUMN {name} DROP DEFAULT", retype]
    if keep_default:
        actions.append(f"ALTER COLUMN {name} SET DEFAULT {column.default}")
    return actions
