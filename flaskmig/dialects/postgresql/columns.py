"""The statements of operations on columns."""

from __future__ import annotations

from dataclasses import replace

from flaskmig.dialects.base import Lock, Refusal
from flaskmig.dialects.postgresql import conversions, generated, hazards
from flaskmig.dialects.postgresql.ahead import Ahead
from flaskmig.dialects.postgresql.clauses import (
    MAX_NAME_BYTES,
    column_clause,
    identifier,
    identity_clause,
    literal,
    qualified,
    sequence_changes,
)
from flaskmig.dialects.postgresql.script import Script
from flaskmig.errors import UnsupportedOperationError
from flaskmig.operations import AddColumn, AlterColumn, DropColumn
from flaskmig.schema import Column, QualifiedName
from flaskmig.sql import quote_literal


def add(script: Script, operation: AddColumn) -> None:
    table, column = operation.table, operation.column
    fills_itself = (
        column.generated is not None or column.identity is not None or column.autoincrement
    )
    if operation.backfill is not None and not fills_itself:
        _add_and_fill(script, table, column, operation.backfill)
        return
    if not (column.nullable or column.default is not None or fills_itself):
        script.guard(table, f"SELECT 1 FROM {qualified(table)} LIMIT 1", _needs_value(operation))
    found = hazards.added_column(table, column)
    script.alter(table, column.name, [f"ADD COLUMN {column_clause(column)}"], found)
    if column.autoincrement and column.nullable:
        drop = f"ALTER COLUMN {identifier(column.name)} DROP NOT NULL"
        script.alter(table, column.name, [drop])
    if column.comment is not None:
        script.after(table, comment(table, column), hazards.comment_locks(table))


def _needs_value(operation: AddColumn) -> Refusal:
    name = f"{operation.table}.{operation.column.name}"
    return Refusal(
        message=f"table {operation.table} has rows, and the new column {name} is NOT NULL "
        "without a value for them",
        hint="give it a server default, or a backfill (op.add_column(…, backfill=…)), "
        "or make it nullable",
    )


def _add_and_fill(script: Script, table: QualifiedName, column: Column, backfill: str) -> None:
    """Nullable and without default first, so that the expression alone fills the rows."""
    bare = replace(column, nullable=True, default=None)
    name = identifier(column.name)
    script.alter(table, column.name, [f"ADD COLUMN {column_clause(bare)}"])
    script.add(
        f"UPDATE {qualified(table)} SET {name} = {backfill}",
        locks=(Lock(table=table, mode=hazards.ROW_EXCLUSIVE),),
        comment=f"fill {column.name} in the rows that are there",
    )
    actions = []
    if column.default is not None:
        actions.append(f"ALTER COLUMN {name} SET DEFAULT {column.default}")
    if not column.nullable:
        actions.append(f"ALTER COLUMN {name} SET NOT NULL")
    found = () if column.nullable else (hazards.not_null_scan(table, column),)
    script.alter(table, column.name, actions, found)
    if column.comment is not None:
        script.after(table, comment(table, column), hazards.comment_locks(table))


def drop(script: Script, operation: DropColumn) -> None:
    name = operation.column.name
    script.add(
        f"ALTER TABLE {qualified(operation.table)} DROP COLUMN {identifier(name)}",
        locks=hazards.exclusive(operation.table),
        found=hazards.lost(operation),
    )


def alter(script: Script, operation: AlterColumn, ahead: Ahead) -> None:
    """Everything of a column: out with what hangs on the old type, the type, then the new."""
    if operation.backfill is not None and operation.becomes_required:
        _alter_and_fill(script, operation, operation.backfill, ahead)
        return
    if generated.must_be_made_anew(operation.before, operation.after):
        operation = replace(operation, before=generated.make_anew(script, operation, ahead))
    table, before, after = operation.table, operation.before, operation.after
    if before.nullable and not after.nullable:
        _guard_nulls(script, operation)
    if conversions.given(operation) is None and conversions.unpacks(before, after):
        _guard_elements(script, operation)
    if _counter(before) != _counter(after) or before.identity != after.identity:
        script.close()
        _alter_counter(script, operation)
        script.close()
    else:
        actions = [*_type_actions(operation), *_nullable_actions(before, after)]
        script.alter(table, before.name, actions, hazards.altered_column(operation))
        if after.autoincrement and before.type.sql != after.type.sql:
            script.add(_retyped_sequence(table, after))
    if before.comment != after.comment:
        script.after(table, comment(table, after), hazards.comment_locks(table))


def _alter_and_fill(script: Script, operation: AlterColumn, backfill: str, ahead: Ahead) -> None:
    """Everything but NOT NULL first, so that the expression is one of the new type."""
    table, column = operation.table, identifier(operation.after.name)
    filled = replace(operation.after, nullable=True)
    if filled != operation.before:
        alter(script, replace(operation, after=filled, backfill=None), ahead)
    script.add(
        f"UPDATE {qualified(table)} SET {column} = {backfill} WHERE {column} IS NULL",
        locks=(Lock(table=table, mode=hazards.ROW_EXCLUSIVE),),
        comment=f"fill {operation.after.name} in the rows that have no value",
    )
    alter(script, replace(operation, before=filled, using=None, backfill=None), ahead)


def comment(table: QualifiedName, column: Column) -> str:
    name = f"{qualified(table)}.{identifier(column.name)}"
    return f"COMMENT ON COLUMN {name} IS {literal(column.comment)}"


def _guard_nulls(script: Script, operation: AlterColumn) -> None:
    column = identifier(operation.before.name)
    script.guard(
        operation.table,
        f"SELECT 1 FROM {qualified(operation.table)} WHERE {column} IS NULL LIMIT 1",
        Refusal(
            message=f"{operation.table}.{operation.before.name} cannot be NOT NULL: there are "
            "rows without a value for it",
            hint="say what those rows get: op.alter_column(…, backfill=…); "
            "or give them a value first (op.execute with an UPDATE)",
        ),
        column=operation.before.name,
    )


def _guard_elements(script: Script, operation: AlterColumn) -> None:
    table, column = operation.table, operation.before.name
    script.guard(
        table,
        f"SELECT 1 FROM {qualified(table)} WHERE cardinality({identifier(column)}) <> 1 LIMIT 1",
        Refusal(
            message=f"{table}.{column} cannot become {operation.after.type.sql}: there are rows "
            "whose array has no element or several",
            hint='say what those rows get: op.alter_column(…, postgresql_using="…")',
        ),
        column=column,
    )


def _type_actions(operation: AlterColumn) -> list[str]:
    before, after = operation.before, operation.after
    name = identifier(before.name)
    actions = []
    if before.generated is not None and after.generated is None:
        actions.append(f"ALTER COLUMN {name} DROP EXPRESSION")
    retyped = before.type.sql != after.type.sql or before.collation != after.collation
    retyped = retyped or operation.using is not None
    # A default does not follow a type by itself; out and in again, it is what `after` says.
    anew = before.default != after.default or (retyped and before.default is not None)
    if anew and before.default is not None and (retyped or after.default is None):
        actions.append(f"ALTER COLUMN {name} DROP DEFAULT")
    if retyped:
        collation = f" COLLATE {identifier(after.collation)}" if after.collation else ""
        using = operation.using
        if using is None and before.type.sql != after.type.sql:
            using = _conversion(operation)
        how = f" USING {using}" if using is not None else ""
        actions.append(f"ALTER COLUMN {name} TYPE {after.type.sql}{collation}{how}")
    if anew and after.default is not None:
        actions.append(f"ALTER COLUMN {name} SET DEFAULT {after.default}")
    return actions


def _conversion(operation: AlterColumn) -> str | None:
    try:
        return conversions.using(operation.before, operation.after)
    except UnsupportedOperationError as error:
        name = f"{operation.table}.{operation.before.name}"
        raise UnsupportedOperationError(f"{name}: {error.message}", hint=error.hint) from error


def _nullable_actions(before: Column, after: Column) -> list[str]:
    if before.nullable == after.nullable:
        return []
    verb = "DROP" if after.nullable else "SET"
    return [f"ALTER COLUMN {identifier(before.name)} {verb} NOT NULL"]


def _counter(column: Column) -> str:
    """What numbers the rows by itself: "serial", "identity" or nothing."""
    if column.identity is not None:
        return "identity"
    return "serial" if column.autoincrement else ""


def _alter_counter(script: Script, operation: AlterColumn) -> None:
    """Identity and serial on, off, or altered: each its own statement, in this order."""
    table, before, after = operation.table, operation.before, operation.after
    where = f"ALTER TABLE {qualified(table)} ALTER COLUMN {identifier(before.name)}"
    locks = hazards.exclusive(table)
    changed = _counter(before) != _counter(after)
    if changed and before.identity is not None:
        script.add(f"{where} DROP IDENTITY", locks=locks)
    if changed and before.autoincrement and after.sequence != _own_sequence(table, after):
        name = _serial_name(table, before)
        drop = f"EXECUTE 'DROP SEQUENCE ' || {name}"
        clear = f"EXECUTE {quote_literal(f'{where} DROP DEFAULT')}"
        script.add(block(f"{clear}; {drop}"), locks=locks, comment="its sequence goes with it")
    actions = [*_type_actions(operation), *_nullable_actions(before, after)]
    script.alter(table, before.name, actions, hazards.altered_column(operation))
    script.close()
    if changed and after.identity is not None:
        script.add(f"{where} ADD {identity_clause(after.identity)}", locks=locks)
        _continue_after_rows(script, table, after)
    elif changed and after.autoincrement:
        _make_serial(script, table, before, after)
        _continue_after_rows(script, table, after)
    elif before.identity is not None and after.identity is not None:
        options = sequence_changes(before.identity, after.identity)
        sets = [f"SET {option}" for option in options]
        if before.identity.always != after.identity.always:
            kind = "ALWAYS" if after.identity.always else "BY DEFAULT"
            sets.insert(0, f"SET GENERATED {kind}")
        script.add(f"{where} {' '.join(sets)}", locks=locks)


def _make_serial(script: Script, table: QualifiedName, before: Column, column: Column) -> None:
    """What SERIAL in CREATE TABLE does, for a column that is there (docs: numeric types).

    Where the column took its values from a sequence of that name, in another way, it keeps it.
    """
    owner = f"{qualified(table)}.{identifier(column.name)}"
    sequence = _own_sequence(table, column)
    name = qualified(sequence)
    if before.sequence == sequence:
        script.add(f"ALTER SEQUENCE {name} AS {column.type.sql} OWNED BY {owner}")
    else:
        script.add(f"CREATE SEQUENCE {name} AS {column.type.sql} OWNED BY {owner}")
    script.add(
        f"ALTER TABLE {qualified(table)} ALTER COLUMN {identifier(column.name)} "
        f"SET DEFAULT nextval({quote_literal(name)})",
        locks=hazards.exclusive(table),
    )


def _own_sequence(table: QualifiedName, column: Column) -> QualifiedName:
    return QualifiedName(_sequence_name(table.name, column.name), table.schema)


def _sequence_name(table: str, column: str) -> str:
    """The server's name for a serial's sequence: the longer part is cut until it fits."""
    while len(f"{table}_{column}_seq".encode()) > MAX_NAME_BYTES:
        if len(table.encode()) > len(column.encode()):
            table = table[:-1]
        else:
            column = column[:-1]
    return f"{table}_{column}_seq"


def _continue_after_rows(script: Script, table: QualifiedName, column: Column) -> None:
    """Without this the first row that is inserted would get the number of one that is there."""
    if script.is_new(table):
        return
    name = identifier(column.name)
    down = column.identity is not None and (column.identity.increment or 1) < 0
    last = f"{'min' if down else 'max'}({name})"
    script.add(
        f"SELECT setval({_serial_name(table, column)}, {last}) "
        f"FROM {qualified(table)} HAVING {last} IS NOT NULL",
        comment="numbers go on after the rows that are there",
    )


def _serial_name(table: QualifiedName, column: Column) -> str:
    """An SQL expression for the name of the sequence that the column owns."""
    arguments = f"{quote_literal(qualified(table))}, {quote_literal(column.name)}"
    return f"pg_get_serial_sequence({arguments})"


def _retyped_sequence(table: QualifiedName, column: Column) -> str:
    name = _serial_name(table, column)
    return block(f"EXECUTE 'ALTER SEQUENCE ' || {name} || ' AS {column.type.sql}'")


def block(body: str) -> str:
    """An anonymous block, whose dollar quote no text inside it can close."""
    tag = "$do$"
    while tag in body:
        tag = f"$do{len(tag)}$"
    return f"DO {tag} BEGIN {body}; END {tag}"
