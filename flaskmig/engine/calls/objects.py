"""Calls about enum types, sequences and schemas."""

from __future__ import annotations

from collections.abc import Sequence as SequenceOf
from dataclasses import replace
from typing import Any, Literal

from flaskmig.engine.migrating.migration import current
from flaskmig.operations import (
    AlterEnum,
    AlterSequence,
    CreateEnum,
    CreateSchema,
    CreateSequence,
    DropEnum,
    DropSchema,
    DropSequence,
    RenameEnum,
    RenameEnumValue,
    RenameSequence,
)
from flaskmig.schema import Enum, Sequence

SAME: Literal[False] = False


def create_schema(schema_name: str, *, if_not_exists: bool | None = None) -> None:
    """Make a schema, in the sense of a namespace."""
    if not (if_not_exists and current().has_schema(schema_name)):
        current().run(CreateSchema(name=schema_name))


def drop_schema(schema_name: str, *, if_exists: bool | None = None) -> None:
    """Drop an empty schema."""
    if not if_exists or current().has_schema(schema_name):
        current().run(DropSchema(name=schema_name))


def create_enum(
    enum_name: str,
    values: SequenceOf[str],
    *,
    schema: str | None = None,
    if_not_exists: bool | None = None,
) -> None:
    """Make an enum type; ``values`` are in their order."""
    migration = current()
    name = migration.name(enum_name, schema)
    if if_not_exists and migration.before.find_enum(name) is not None:
        return
    migration.run(CreateEnum(enum=Enum(name=name, values=tuple(values))))


def drop_enum(enum_name: str, *, schema: str | None = None, if_exists: bool | None = None) -> None:
    """Drop an enum type that no column has."""
    migration = current()
    name = migration.name(enum_name, schema)
    if if_exists:
        migration.flush()
        if migration.before.find_enum(name) is None:
            return
    migration.run(DropEnum(enum=Enum(name=name, values=())))


def rename_enum(
    enum_name: str,
    new_enum_name: str,
    *,
    schema: str | None = None,
    new_schema: str | Literal[False] | None = SAME,
) -> None:
    """Give an enum type another name, or move it to another schema."""
    migration = current()
    target = schema if new_schema is False else new_schema
    migration.run(
        RenameEnum(
            before=migration.name(enum_name, schema), after=migration.name(new_enum_name, target)
        )
    )


def alter_enum(
    enum_name: str,
    values: SequenceOf[str],
    *,
    existing_values: SequenceOf[str] | None = None,
    schema: str | None = None,
) -> None:
    """Change an enum type's values to ``values``, from ``existing_values`` or those it has."""
    migration = current()
    name = migration.name(enum_name, schema)
    if existing_values is None:
        migration.flush()
        found = migration.before.find_enum(name)
        existing_values = found.values if found else ()
    before = Enum(name=name, values=tuple(existing_values))
    migration.run(AlterEnum(before=before, after=replace(before, values=tuple(values))))


def rename_enum_value(
    enum_name: str, value: str, new_value: str, *, schema: str | None = None
) -> None:
    """Give a value of an enum type another name; rows that have it follow."""
    migration = current()
    name = migration.name(enum_name, schema)
    migration.run(RenameEnumValue(enum=name, before=value, after=new_value))


def create_sequence(
    sequence_name: str,
    *,
    data_type: str | None = None,
    start: int | None = None,
    increment: int | None = None,
    minvalue: int | None = None,
    maxvalue: int | None = None,
    cache: int | None = None,
    cycle: bool = False,
    schema: str | None = None,
) -> None:
    """Make a sequence; None is the database's default."""
    migration = current()
    migration.run(
        CreateSequence(
            sequence=Sequence(
                name=migration.name(sequence_name, schema),
                type=data_type,
                start=start,
                increment=increment,
                minimum=minvalue,
                maximum=maxvalue,
                cache=cache,
                cycle=cycle,
            )
        )
    )


def drop_sequence(
    sequence_name: str, *, schema: str | None = None, if_exists: bool | None = None
) -> None:
    """Drop a sequence that no column needs."""
    migration = current()
    name = migration.name(sequence_name, schema)
    if if_exists:
        migration.flush()
        if migration.before.find_sequence(name) is None:
            return
    migration.run(DropSequence(sequence=Sequence(name=name)))


def rename_sequence(
    sequence_name: str,
    new_sequence_name: str,
    *,
    schema: str | None = None,
    new_schema: str | Literal[False] | None = SAME,
) -> None:
    """Give a sequence another name, or move it to another schema."""
    migration = current()
    target = schema if new_schema is False else new_schema
    migration.run(
        RenameSequence(
            before=migration.name(sequence_name, schema),
            after=migration.name(new_sequence_name, target),
        )
    )


def alter_sequence(sequence_name: str, *, schema: str | None = None, **options: Any) -> None:
    """Change what is given of a sequence: the options of `create_sequence`.

    Raises TypeError for an option that sequences do not have.
    """
    migration = current()
    name = migration.name(sequence_name, schema)
    migration.flush()
    before = migration.before.find_sequence(name) or Sequence(name=name)
    changes: dict[str, Any] = {}
    for option, value in options.items():
        if option not in _SEQUENCE_OPTIONS:
            raise TypeError(f"alter_sequence() has no option {option}")
        changes[_SEQUENCE_OPTIONS[option]] = bool(value) if option == "cycle" else value
    migration.run(AlterSequence(before=before, after=replace(before, **changes)))


_SEQUENCE_OPTIONS = {
    "data_type": "type",
    "start": "start",
    "increment": "increment",
    "minvalue": "minimum",
    "maxvalue": "maximum",
    "cache": "cache",
    "cycle": "cycle",
}
