"""The operation that carries a rename out."""

from __future__ import annotations

from dataclasses import replace

from flaskmig.engine.comparing.expressions import rename_in
from flaskmig.engine.comparing.renames.words import Rename
from flaskmig.operations import (
    Operation,
    RenameColumn,
    RenameConstraint,
    RenameEnum,
    RenameEnumValue,
    RenameIndex,
    RenameSequence,
    RenameTable,
)
from flaskmig.schema import QualifiedName, Schema


def operation_of(rename: Rename, schema: Schema, desired: Schema) -> Operation:
    """What makes ``schema`` a step more like ``desired``."""
    match rename:
        case Rename(kind="column", table=QualifiedName() as table, before=before, after=after):
            column = RenameColumn(table=table, before=before, after=after)
            return column.rewriting(schema.table(table), rename_in)
        case Rename(kind="enum_value", table=QualifiedName() as enum, before=before, after=after):
            return RenameEnumValue(enum=enum, before=before, after=after)
        case Rename(kind="index", table=QualifiedName() as table, before=before, after=after):
            return RenameIndex(table=table, before=before, after=after)
        case Rename(kind="constraint", table=QualifiedName() as table, before=before, after=after):
            named = (c for c in schema.table(table).constraints if c.name == before)
            return RenameConstraint(table=table, constraint=next(named), after=after)
    old, new = rename.names
    if rename.kind == "enum":
        return RenameEnum(before=old, after=new)
    if rename.kind == "sequence":
        return RenameSequence(before=old, after=new)
    return _table_rename(old, new, schema, desired)


def _table_rename(
    before: QualifiedName, after: QualifiedName, schema: Schema, desired: Schema
) -> RenameTable:
    """With the default names, if they are not wanted and the way back gives just the same."""
    whole = RenameTable(before=before, after=after, default_names=before.name != after.name)
    table, wanted = schema.table(before), desired.find_table(after)
    given = {constraint.name for constraint in wanted.constraints} if wanted else set()
    known = Schema(tables=(table,))
    is_free = given.isdisjoint(each.constraint.name for each in whole.following(table))
    if is_free and whole.reverse().apply(whole.apply(known)) == known:
        return whole
    return replace(whole, default_names=False)
