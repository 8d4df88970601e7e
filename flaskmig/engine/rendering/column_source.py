"""Columns as Python: ``sa.Column(…)`` and the arguments of ``op.alter_column``."""

from __future__ import annotations

from flaskmig.engine.rendering.python_source import call, literal
from flaskmig.engine.rendering.source_writer import SourceWriter, escaped, given
from flaskmig.operations import AlterColumn
from flaskmig.schema import Column, Generated, Identity, QualifiedName, Sequence, Table

_SERIAL = {"smallint": "smallserial", "integer": "serial", "bigint": "bigserial"}


def column_code(
    writer: SourceWriter, owner: QualifiedName, column: Column, table: Table | None = None
) -> str | None:
    """``sa.Column(…)``, None to leave it out; ``table`` is the one that it is created with."""
    own = writer.part("column", owner, column)
    if own is not False:
        return own
    column = column.everywhere
    arguments = [literal(column.name)]
    keywords: dict[str, str] = {}
    serial = column.autoincrement and writer.dialect != "sqlite"
    # A column that is added is serial as a key's is; the key itself is a call of its own.
    added_to_key = table is None and (owner, column.name) in writer.keys
    if serial and added_to_key and column.type.sql in _SERIAL:
        arguments.append(writer.type_of(owner, column))
        keywords |= {"primary_key": "True", "autoincrement": "True"}
    elif serial and not _in_key(column, table):
        arguments.append(f"op.sql_type({literal(_SERIAL.get(column.type.sql, 'serial'))})")
    else:
        arguments.append(writer.type_of(owner, column))
        if table is not None and writer.dialect == "postgresql":
            implied = _is_serial_by_rule(column, table)
            if column.autoincrement != implied:
                keywords["autoincrement"] = literal(column.autoincrement)
    default = _server_side(writer, owner, column)
    if default is not None and (column.identity is not None or column.generated is not None):
        arguments.append(default)
    if not column.nullable:
        keywords["nullable"] = "False"
    if default is not None and column.default is not None:
        keywords["server_default"] = default
    if column.comment is not None:
        keywords["comment"] = literal(column.comment)
    if column.on_null is not None:
        keywords["sqlite_on_conflict_not_null"] = literal(column.on_null)
    return call(writer.sa("Column"), arguments, keywords)


def _in_key(column: Column, table: Table | None) -> bool:
    key = table.primary_key if table is not None else None
    if key is None or table is None or column.name not in key.columns:
        return False
    # SQLAlchemy takes one autoincrement column for a key, and none beside an identity.
    first = next((c for c in table.columns if c.autoincrement and c.name in key.columns), None)
    return first is column


def _is_serial_by_rule(column: Column, table: Table) -> bool:
    """Whether SQLAlchemy itself makes the column SERIAL (``autoincrement="auto"``)."""
    key = table.primary_key
    return (
        key is not None
        and key.columns == (column.name,)
        and column.type.sql in _SERIAL
        and column.default is None
        and column.identity is None
        and column.generated is None
        and not any(column.name in foreign.columns for foreign in table.foreign_keys)
    )


def identity_code(writer: SourceWriter, identity: Identity) -> str:
    keywords = given({"always": identity.always, **sequence_options(identity)})
    return call(writer.sa("Identity"), (), keywords)


def sequence_options(options: Identity | Sequence) -> dict[str, int | bool | None]:
    """The options under the names that SQLAlchemy has for them."""
    return {
        "start": options.start,
        "increment": options.increment,
        "minvalue": options.minimum,
        "maxvalue": options.maximum,
        "cache": options.cache,
        "cycle": options.cycle,
    }


def generated_code(writer: SourceWriter, generated: Generated) -> str:
    expression = literal(escaped(generated.expression))
    keywords = {"persisted": literal(generated.stored)}
    return call(writer.sa("Computed"), [expression], keywords)


def alteration(writer: SourceWriter, operation: AlterColumn) -> dict[str, str]:
    """The keyword arguments of ``op.alter_column`` for what the operation changes."""
    table, before, after = operation.table, operation.before, operation.after
    changed = operation.changed
    if "type" in changed or "collation" in changed:
        keywords = {
            "existing_type": writer.type_of(table, before),
            "type_": writer.type_of(table, after),
        }
    else:
        keywords = {"existing_type": writer.type_of(table, after)}
    if "nullable" in changed:
        keywords["nullable"] = literal(after.nullable)
    if {"default", "generated", "identity"} & set(changed):
        keywords["server_default"] = _server_side(writer, table, after) or "None"
        if before.generated is not None or before.identity is not None:
            keywords["existing_server_default"] = _server_side(writer, table, before) or "None"
    if "autoincrement" in changed:
        keywords["autoincrement"] = literal(after.autoincrement)
        keywords["existing_autoincrement"] = literal(before.autoincrement)
    if "comment" in changed:
        keywords["comment"] = literal(after.comment)
    if "on_null" in changed and not after.nullable:
        keywords["sqlite_on_conflict_not_null"] = literal(after.on_null)
    if operation.using is not None:
        keywords["postgresql_using"] = literal(operation.using)
    if operation.backfill is not None and operation.becomes_required:
        keywords["backfill"] = writer.text(operation.backfill)
    return keywords


def _server_side(writer: SourceWriter, owner: QualifiedName, column: Column) -> str | None:
    """What the server fills the column with, None for nothing."""
    if column.identity is None and column.generated is None and column.default is None:
        return None
    own = writer.part("server_default", owner, column)
    if own is not False:
        return own
    if column.identity is not None:
        return identity_code(writer, column.identity)
    if column.generated is not None:
        return generated_code(writer, column.generated)
    if column.default_source is not None:
        writer.imports.update(column.default_source.imports)
        return column.default_source.code
    return writer.text(column.default or "")
