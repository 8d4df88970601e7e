"""What a statement locks and what it costs, as measured on PostgreSQL 15 to 18."""

from __future__ import annotations

import re
from dataclasses import replace

from flaskmig.dialects import losses
from flaskmig.dialects.base import Hazard, Lock, Loss
from flaskmig.dialects.postgresql import conversions
from flaskmig.operations import AlterColumn, Operation
from flaskmig.schema import (
    Check,
    Column,
    Constraint,
    Exclude,
    ForeignKey,
    Index,
    PrimaryKey,
    QualifiedName,
    Table,
    Unique,
    describe_constraint,
)
from flaskmig.sql import quote

ACCESS_EXCLUSIVE = "ACCESS EXCLUSIVE"
SHARE_ROW_EXCLUSIVE = "SHARE ROW EXCLUSIVE"
SHARE_UPDATE_EXCLUSIVE = "SHARE UPDATE EXCLUSIVE"
SHARE = "SHARE"
ROW_EXCLUSIVE = "ROW EXCLUSIVE"

# Functions whose value is the same for all rows of one ALTER TABLE, so that none is written.
_STABLE = frozenset(
    {
        "now",
        "statement_timestamp",
        "transaction_timestamp",
        "current_schema",
        "current_user",
        "timezone",
        "date_trunc",
        "jsonb_build_object",
        "json_build_object",
        "jsonb_build_array",
        "numeric",
        "varchar",
        "char",
        "bpchar",
        "timestamp",
        "timestamptz",
        "time",
        "interval",
        "bit",
        "varying",
    }
)
_CALL = re.compile(r"([A-Za-z_][\w$]*)\s*\(")
_STRING = re.compile(r"'(?:[^']|'')*'")


def exclusive(table: QualifiedName) -> tuple[Lock, ...]:
    return (Lock(table=table, mode=ACCESS_EXCLUSIVE),)


def comment_locks(table: QualifiedName) -> tuple[Lock, ...]:
    return (Lock(table=table, mode=SHARE_UPDATE_EXCLUSIVE),)


def created_table_locks(table: Table) -> tuple[Lock, ...]:
    """A new table locks only the tables that its foreign keys point at."""
    targets = dict.fromkeys(key.target for key in table.foreign_keys if key.target != table.name)
    return tuple(Lock(table=target, mode=SHARE_ROW_EXCLUSIVE) for target in targets)


def dropped_table_locks(table: Table) -> tuple[Lock, ...]:
    targets = dict.fromkeys([table.name, *(key.target for key in table.foreign_keys)])
    return tuple(Lock(table=target, mode=ACCESS_EXCLUSIVE) for target in targets)


def added_constraint_locks(table: QualifiedName, constraint: Constraint) -> tuple[Lock, ...]:
    if isinstance(constraint, ForeignKey):
        tables = dict.fromkeys([table, constraint.target])
        return tuple(Lock(table=name, mode=SHARE_ROW_EXCLUSIVE) for name in tables)
    return exclusive(table)


def dropped_constraint_locks(table: QualifiedName, constraint: Constraint) -> tuple[Lock, ...]:
    names = [table, constraint.target] if isinstance(constraint, ForeignKey) else [table]
    return tuple(Lock(table=name, mode=ACCESS_EXCLUSIVE) for name in dict.fromkeys(names))


def added_constraint(table: QualifiedName, constraint: Constraint) -> tuple[Hazard, ...]:
    what = constraint.name or describe_constraint(constraint)
    match constraint:
        case Check(not_valid=True) | ForeignKey(not_valid=True):
            return ()
        case Check() | ForeignKey():
            return (
                Hazard(
                    code="scan",
                    message=f"every row of {table} is read under the lock to verify {what}",
                    instead="add it NOT VALID, and run VALIDATE CONSTRAINT in a later revision",
                ),
            )
        case PrimaryKey() | Unique():
            instead = "create a unique index concurrently, then ADD CONSTRAINT USING INDEX"
        case Exclude():
            instead = "PostgreSQL has no other way; choose a quiet time"
    return (
        Hazard(
            code="index_build",
            message=f"the index behind {what} of {table} is built under the lock",
            instead=instead,
        ),
    )


def added_column(table: QualifiedName, column: Column) -> tuple[Hazard, ...]:
    stored = column.generated is not None and column.generated.stored
    volatile = column.default is not None and is_volatile(column.default)
    # The server alone can give these their values: no batch fills them.
    fills_itself = stored or column.autoincrement or column.identity is not None
    if not (fills_itself or volatile):
        return ()
    instead = "choose a quiet time"
    if not fills_itself:
        instead = f"add {column.name} nullable, set the default, fill it in batches"
    return (_rewrite(table, f" to add column {column.name}", instead),)


def altered_column(operation: AlterColumn) -> tuple[Hazard, ...]:
    """The hazards of a change of a column: of its type, and of NOT NULL."""
    table, before, after = operation.table, operation.before, operation.after
    found = []
    if before.type.sql != after.type.sql and (
        conversions.rewrites(before, after)
        or operation.using is not None
        or operation.using is not None
        or conversions.using(before, after) is not None
    ):
        instead = "add a new column, fill it in batches, then swap the two"
        found.append(_rewrite(table, f" for the type of column {before.name}", instead))
    found += [_lost(loss) for loss in retyped(operation)]
    if before.nullable and not after.nullable:
        found.append(not_null_scan(table, after))
    return tuple(found)


def replaced_values(operation: AlterColumn) -> tuple[Hazard, ...]:
    """The values that go where a plain column becomes a generated one."""
    if not losses.replaces_values(operation):
        return ()
    return (_lost(losses.replaced_values(operation)),)


def retyped(operation: AlterColumn) -> tuple[Loss, ...]:
    """What the change of type may do to values; empty where each stays what it is."""
    loss = conversions.loss(operation.before, operation.after, conversions.given(operation))
    if loss is None:
        return ()
    name = f"{operation.table}.{operation.before.name}"
    return (replace(loss, sentence=f"column {name}: {loss.sentence}"),)


def not_null_scan(table: QualifiedName, column: Column) -> Hazard:
    return Hazard(
        code="scan",
        message=f"every row of {table} is read under the lock to verify that {column.name} "
        "is NOT NULL",
        instead=f"add CHECK ({quote(column.name)} IS NOT NULL) NOT VALID, validate it, "
        "then set NOT NULL",
    )


def enum_rewrite(table: QualifiedName) -> Hazard:
    return _rewrite(table, " for the enum", "keep the value and stop using it")


def table_rewrite(table: QualifiedName) -> Hazard:
    return _rewrite(table, "", "choose a quiet time")


def _rewrite(table: QualifiedName, why: str, instead: str) -> Hazard:
    return Hazard(
        code="rewrite",
        message=f"table {table} and its indexes are written anew under the lock{why}",
        instead=instead,
    )


def is_volatile(default: str) -> bool:
    """Whether a default may have another value for each row, which writes the table anew."""
    calls = _CALL.findall(_STRING.sub("''", default))
    return any(name.lower() not in _STABLE for name in calls)


def index_locks(table: QualifiedName, *, concurrently: bool) -> tuple[Lock, ...]:
    mode = SHARE_UPDATE_EXCLUSIVE if concurrently else SHARE
    return (Lock(table=table, mode=mode),)


def dropped_index_locks(table: QualifiedName, *, concurrently: bool) -> tuple[Lock, ...]:
    mode = SHARE_UPDATE_EXCLUSIVE if concurrently else ACCESS_EXCLUSIVE
    return (Lock(table=table, mode=mode),)


def created_index(table: QualifiedName, index: Index, *, concurrently: bool) -> tuple[Hazard, ...]:
    if concurrently:
        return ()
    return (
        Hazard(
            code="index_build",
            message=f"no row of {table} can be written while index {index.name} is built",
            instead="create it with concurrently=True",
        ),
    )


def lost(operation: Operation) -> tuple[Hazard, ...]:
    return tuple(_lost(loss) for loss in losses.losses(operation))


def _lost(loss: Loss) -> Hazard:
    return Hazard(code="data_loss", message=loss.sentence)


def losses_of(operation: Operation) -> tuple[Loss, ...]:
    """What an operation loses on PostgreSQL."""
    found = losses.losses(operation)
    return (*found, *retyped(operation)) if isinstance(operation, AlterColumn) else found
