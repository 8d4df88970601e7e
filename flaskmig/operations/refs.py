"""What operations create, use, drop and release: the names that ordering works with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

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
    constraint_columns,
)


class Ref(NamedTuple):
    """One object that an operation touches; ``part`` is a column, constraint or key of ``owner``.

    Kinds: schema, enum, sequence, table, column, constraint, view, function, trigger, extension;
    "relation", the one name that a table, view, index, sequence or type may have in a schema; and
    three that stand for
    facts rather than for objects: "key" (some columns are unique, which a foreign key needs),
    "columns" (any column of the table, which an expression may name) and "plain columns" (any
    column that is not generated, which a generated one may name).
    """

    kind: str
    owner: QualifiedName
    part: str = ""


Refs = frozenset[Ref]


def schema_ref(name: str) -> Ref:
    return Ref("schema", QualifiedName(name))


def table_ref(name: QualifiedName) -> Ref:
    return Ref("table", name)


def enum_ref(name: QualifiedName) -> Ref:
    return Ref("enum", name)


def sequence_ref(name: QualifiedName) -> Ref:
    return Ref("sequence", name)


def view_ref(name: QualifiedName) -> Ref:
    return Ref("view", name)


def function_ref(name: QualifiedName) -> Ref:
    """All functions of one name: what calls them does not say which."""
    return Ref("function", name)


def trigger_ref(table: QualifiedName, trigger: str) -> Ref:
    return Ref("trigger", table, trigger)


def extension_ref(name: str) -> Ref:
    return Ref("extension", QualifiedName(name))


def column_ref(table: QualifiedName, column: str) -> Ref:
    return Ref("column", table, column)


def relation_ref(name: QualifiedName) -> Ref:
    """Tables, views, indexes, sequences and, on PostgreSQL, types share a schema's names."""
    return Ref("relation", name)


def index_ref(table: QualifiedName, index: str) -> Ref:
    return relation_ref(QualifiedName(index, table.schema))


def key_ref(table: QualifiedName, columns: Iterable[str]) -> Ref:
    return Ref("key", table, ",".join(sorted(columns)))


def namespace_uses(name: QualifiedName) -> Refs:
    """The schema that an object of this name lives in."""
    return frozenset({schema_ref(name.schema)}) if name.schema else frozenset()


def column_makes(table: QualifiedName, column: Column) -> Refs:
    """What adding the column creates, and what dropping it drops."""
    refs = {column_ref(table, column.name), Ref("columns", table)}
    if column.generated is None:
        refs.add(Ref("plain columns", table))
    return frozenset(refs)


def column_needs(table: QualifiedName, column: Column) -> Refs:
    """What the column uses while it is there, and what dropping it releases."""
    refs = {table_ref(table)}
    if column.type.enum:
        refs.add(enum_ref(column.type.enum))
    if column.sequence:
        refs.add(sequence_ref(column.sequence))
    if column.generated is not None:
        refs.add(Ref("plain columns", table))
    return frozenset(refs)


def constraint_makes(table: QualifiedName, constraint: Constraint) -> Refs:
    refs = set[Ref]()
    if constraint.name:
        refs.add(Ref("constraint", table, constraint.name))
    match constraint:
        case PrimaryKey():
            refs |= {key_ref(table, constraint.columns), Ref("constraint", table, "PRIMARY KEY")}
        case Unique():
            refs.add(key_ref(table, constraint.columns))
        case ForeignKey() | Check() | Exclude():
            pass
    if constraint.name and isinstance(constraint, PrimaryKey | Unique | Exclude):
        refs.add(index_ref(table, constraint.name))
    return frozenset(refs)


def constraint_needs(table: QualifiedName, constraint: Constraint) -> Refs:
    refs = {table_ref(table)}
    refs |= {column_ref(table, name) for name in constraint_columns(constraint)}
    match constraint:
        case ForeignKey():
            refs.add(table_ref(constraint.target))
            refs.add(key_ref(constraint.target, constraint.target_columns))
            refs |= {column_ref(constraint.target, name) for name in constraint.target_columns}
        case Check() | Exclude():
            refs.add(Ref("columns", table))
        case PrimaryKey() | Unique():
            pass
    return frozenset(refs)


def index_makes(table: QualifiedName, index: Index) -> Refs:
    refs = {index_ref(table, index.name)}
    if index.unique and index.where is None and all(part.column for part in index.parts):
        refs.add(key_ref(table, (part.column for part in index.parts if part.column)))
    return frozenset(refs)


def index_needs(table: QualifiedName, index: Index) -> Refs:
    refs = {table_ref(table)} | {column_ref(table, name) for name in index.columns}
    if index.where is not None or any(part.expression for part in index.parts):
        refs.add(Ref("columns", table))
    return frozenset(refs)


def table_makes(table: Table) -> Refs:
    refs = {table_ref(table.name), relation_ref(table.name)}
    for column in table.columns:
        refs |= column_makes(table.name, column)
    for constraint in table.constraints:
        refs |= constraint_makes(table.name, constraint)
    for index in table.indexes:
        refs |= index_makes(table.name, index)
    return frozenset(refs)


def table_needs(table: Table) -> Refs:
    """What the table uses of things outside of it."""
    refs = set(namespace_uses(table.name))
    for column in table.columns:
        refs |= column_needs(table.name, column)
    for constraint in table.constraints:
        refs |= constraint_needs(table.name, constraint)
    return frozenset(refs - table_makes(table))
