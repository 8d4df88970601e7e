"""SQLAlchemy objects made of what a database has, for hooks that expect reflected ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeEngine, UserDefinedType

from flaskmig.engine.rendering.type_spelling import TypeCall, call_for
from flaskmig.schema import (
    Check,
    Column,
    Constraint,
    Exclude,
    ForeignKey,
    Index,
    PrimaryKey,
    QualifiedName,
    Schema,
    Table,
    Unique,
)


class DatabaseType(UserDefinedType[Any]):
    """A type that SQLAlchemy has no class for, known by its SQL."""

    cache_ok = True

    def __init__(self, sql: str) -> None:
        self.sql = sql

    def get_col_spec(self, **_: Any) -> str:
        return self.sql


class Rebuilt:
    """The tables of a schema as `sqlalchemy.Table`s of one MetaData, each made when asked for."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._metadata = sa.MetaData()
        self._tables: dict[QualifiedName, sa.Table] = {}
        self._constraints: dict[tuple[QualifiedName, Constraint], sa.Constraint] = {}

    def table(self, name: QualifiedName) -> sa.Table | None:
        """The table, or None where the schema has none of that name."""
        found = self._schema.find_table(name)
        if found is None:
            return None
        if name not in self._tables:
            self._tables[name] = self._make(found)
        return self._tables[name]

    def column(self, table: QualifiedName, name: str) -> sa.Column[Any] | None:
        made = self.table(table)
        return made.columns.get(name) if made is not None else None

    def index(self, table: QualifiedName, name: str) -> sa.Index | None:
        made = self.table(table)
        indexes = made.indexes if made is not None else ()
        return next((index for index in indexes if index.name == name), None)

    def constraint(self, table: QualifiedName, constraint: Constraint) -> sa.Constraint | None:
        self.table(table)
        return self._constraints.get((table, constraint))

    def _make(self, table: Table) -> sa.Table:
        constraints: list[sa.Constraint] = []
        for constraint in table.constraints:
            rebuilt = _constraint(constraint)
            if rebuilt is not None:
                constraints.append(rebuilt)
                self._constraints[table.name, constraint] = rebuilt
        return sa.Table(
            table.name.name,
            self._metadata,
            *(_column(column) for column in table.columns),
            *constraints,
            *(_index(index) for index in table.indexes),
            schema=table.name.schema,
            comment=table.settings.comment,
        )


def _column(column: Column) -> sa.Column[Any]:
    arguments: list[Any] = []
    if column.identity is not None:
        arguments.append(sa.Identity(always=column.identity.always))
    if column.generated is not None:
        arguments.append(sa.Computed(column.generated.expression, column.generated.stored))
    default = sa.text(_plain(column.default)) if column.default is not None else None
    if default is not None:
        arguments.append(sa.DefaultClause(default))
    return sa.Column(
        column.name,
        _type(call_for(column.type.sql, column.type.enum, column.collation)),
        *arguments,
        nullable=column.nullable,
        comment=column.comment,
    )


def _plain(sql: str) -> str:
    """SQL for text(), which shall read no parameters in it."""
    return sql.replace(":", "\\:")


def _type(made: TypeCall) -> TypeEngine[Any]:
    # Here, because the import is slow and most models are read without.
    from sqlalchemy.dialects import postgresql

    keywords: Mapping[str, Any] = dict(made.keywords)
    if made.item is not None:
        return postgresql.ARRAY(_type(made.item))
    if made.module == "op":
        return DatabaseType(*made.arguments)
    module = sa if made.module == "sa" else postgresql
    type_: TypeEngine[Any] = getattr(module, made.name)(**keywords)
    return type_


def _constraint(constraint: Constraint) -> sa.Constraint | None:
    match constraint:
        case PrimaryKey():
            return sa.PrimaryKeyConstraint(*constraint.columns, name=constraint.name)
        case Unique():
            return sa.UniqueConstraint(*constraint.columns, name=constraint.name)
        case Check():
            return sa.CheckConstraint(sa.text(_plain(constraint.expression)), name=constraint.name)
        case ForeignKey():
            return sa.ForeignKeyConstraint(
                constraint.columns,
                [f"{constraint.target}.{column}" for column in constraint.target_columns],
                name=constraint.name,
                onupdate=constraint.on_update,
                ondelete=constraint.on_delete,
                link_to_name=True,
            )
        case Exclude():
            return None


def _index(index: Index) -> sa.Index:
    parts: list[Any] = []
    for part in index.parts:
        if part.column is None:
            parts.append(sa.text(_plain(part.expression or "")))
        else:
            parts.append(sa.column(part.column).desc() if part.descending else part.column)
    return sa.Index(index.name, *parts, unique=index.unique)
