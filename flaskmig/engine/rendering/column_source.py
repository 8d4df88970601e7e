"""Columns as Python: ``sa.Column(…)`` and the arguments of ``op.alter_column``."""

from __future__ import annotations

from flaskmig.engine.rendering.python_source import call, literal
from flaskmig.engine.rendering.source_writer import SourceWriter, escaped, given
from flaskmig.operations import AlterColumn
from flaskmig.schema import Column, Generated, Identity, Sequence, Table

_SERIAL = {"smallint": "smallserial", "integer": "serial", "bigint": "bigserial"}


def column_code(writer: SourceWriter, column: Column, table: Table | None = None) -> str:
    """``sa.Column(…)``; ``table`` is the one it is created with, None for an added column."""
    arguments = [literal(column.name)]
    keywords = {}
    serial = column.autoincrement and writer.dialect != "sqlite"
    if serial and not _in_key(column, table):
        arguments.append(f"op.sql_type({literal(_SERIAL.get(column.type.sql, 'serial'))})")
    else:
        arguments.append(writer.type(column.type, column.collation))
        if table is not None and writer.dialect == "postgresql":
            implied = _is_serial_by_rule(column, table)
            if column.autoincrement != implied:
                keywords["autoincrement"] = literal(column.autoincrement)
    if column.identity is not None:
        arguments.append(identity_code(writer, column.identity))
    if column.generated is not None:
        arguments.append(generated_code(writer, column.generated))
    if not column.nullable:
        keywords["nullable"] = "False"
    if column.default is not None:
        keywords["server_default"] = writer.text(column.default)
    if column.comment is not None:
        keywords["comment"] = literal(column.comment)
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
    before, after = operation.before, operation.after
    changed = operation.changed
    if "type" in changed or "collation" in changed:
        keywords = {
            "existing_type": writer.type(before.type, before.collation),
            "type_": writer.type(after.type, after.collation),
        }
    else:
        keywords = {"existing_type": writer.type(after.type, after.collation)}
    if "nullable" in changed:
        keywords["nullable"] = literal(after.nullable)
    if {"default", "generated", "identity"} & set(changed):
        keywords["server_default"] = _server_side(writer, after)
        if before.generated is not None or before.identity is not None:
            keywords["existing_server_default"] = _server_side(writer, before)
    if "autoincrement" in changed:
        keywords["autoincrement"] = literal(after.autoincrement)
        keywords["existing_autoincrement"] = literal(before.autoincrement)
    if "comment" in changed:
        keywords["comment"] = literal(after.comment)
    if operation.using is not None:
        keywords["postgresql_using"] = literal(operation.using)
    return keywords


def _server_side(writer: SourceWriter, column: Column) -> str:
    if column.identity is not None:
        return identity_code(writer, column.identity)
    if column.generated is not None:
        return generated_code(writer, column.generated)
    return "None" if column.default is None else writer.text(column.default)
