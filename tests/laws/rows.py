"""Rows for random schemas, and pairs of schemas that rows can go through.

A row's values depend on its number and on the types of its columns alone, so that row 7 of one
table is what a foreign key of row 7 of another points at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from sqlalchemy.engine import Connection

from flaskmig.schema import (
    Check,
    Column,
    Constraint,
    Enum,
    Exclude,
    ForeignKey,
    PrimaryKey,
    QualifiedName,
    Schema,
    Table,
    Type,
    Unique,
    constraint_columns,
)
from tests.laws.strategies import (
    FLAVOURS,
    NUMBERS,
    TEXTS,
    DialectName,
    Flavour,
    literal,
    pairs,
    quoted,
)
from tests.laws.strategies import _mended as mended

# Types that have fewer values than there are rows.
FEW_VALUES = frozenset({"BOOLEAN", "boolean"})

LITERALS: dict[str, Callable[[int], str]] = {
    "BOOLEAN": lambda number: str(number % 2),
    "boolean": lambda number: str(number % 2 == 0).lower(),
    "DATE": lambda number: f"'2024-{number // 28 + 1:02}-{number % 28 + 1:02}'",
    "DATETIME": lambda number: f"'2024-01-01 {number // 60:02}:{number % 60:02}:00'",
    "JSON": lambda number: f"'{{\"number\": {number}}}'",
    "BLOB": lambda number: f"x'{number:02x}27'",
    "bytea": lambda number: f"'\\x{number:02x}27'",
    "uuid": lambda number: f"'00000000-0000-0000-0000-{number:012}'",
    "integer[]": lambda number: f"'{{{number},{number + 1}}}'",
}
LITERALS["date"] = LITERALS["DATE"]
LITERALS["timestamp with time zone"] = LITERALS["DATETIME"]
LITERALS["jsonb"] = LITERALS["JSON"]


@dataclass(frozen=True)
class Passage:
    """Two schemas, and rows of the first that satisfy both."""

    before: Schema
    after: Schema

    def insert(self, connection: Connection, rows: int) -> None:
        """Put ``rows`` rows into every table of the first schema; foreign keys are not checked."""
        for table in self.before.tables:
            columns = [column for column in table.columns if column.generated is None]
            names = ", ".join(quoted(column.name) for column in columns)
            overriding = "" if connection.dialect.name == "sqlite" else " OVERRIDING SYSTEM VALUE"
            values = (
                f"({', '.join(self._literal(table, column, number) for column in columns)})"
                for number in range(1, rows + 1)
            )
            connection.exec_driver_sql(
                f"INSERT INTO {address(table.name)} ({names}){overriding} VALUES "
                + ", ".join(values)
            )

    def cells(self, connection: Connection) -> dict[str, list[tuple[object, ...]]]:
        """The cells that are in both schemas, spelled alike whatever their type is now."""
        found = {}
        for table in self.before.tables:
            other = self.after.find_table(table.name)
            if other is None:
                continue
            names = ["id", *sorted(_shared(table, other) - {"id"})]
            listed = ", ".join(map(quoted, names))
            query = f"SELECT {listed} FROM {address(table.name)} ORDER BY {quoted('id')}"
            rows = connection.exec_driver_sql(query)
            found[str(table.name)] = [tuple(map(_canonical, row)) for row in rows]
        return found

    def _literal(self, table: Table, column: Column, number: int) -> str:
        if self._may_be_null(table, column) and number % 4 == 0:
            return "NULL"
        if column.type.enum is not None:
            values = _common_values(column.type.enum, self.before, self.after)
            value = values[number % len(values)]
            if column.type.sql.endswith("[]"):
                return literal(f'{{"{value}"}}')
            return literal(value)
        other = self.after.find_table(table.name)
        sql = column.type.sql
        if other is not None and other.has_column(column.name) and sql in NUMBERS | TEXTS:
            sql = other.column(column.name).type.sql
        if sql in NUMBERS:
            return str(number)
        return LITERALS[sql](number) if sql in LITERALS else f"'v{number}'"

    def _may_be_null(self, table: Table, column: Column) -> bool:
        for schema in (self.before, self.after):
            here = schema.find_table(table.name)
            if here is None or not here.has_column(column.name):
                continue
            if not here.column(column.name).nullable:
                return False
            aims = (key for each in schema.tables for key in each.foreign_keys)
            if any(aim.target == table.name and column.name in aim.target_columns for aim in aims):
                return False
        return True


@st.composite
def passages(draw: DrawFn, dialect: DialectName) -> Passage:
    """Pairs of schemas with what no database could carry rows through taken away.

    That is changes of type that lose or refuse values, keys that equal values of a new column
    would break, and foreign keys whose rows are not there. Most pairs also let new columns be
    null, which would be refused otherwise.
    """
    before, after = draw(pairs(dialect))
    after = _with_convertible_columns(before, after)
    after = mended(draw(_with_other_types(after, FLAVOURS[dialect])))
    if draw(st.integers(0, 3)):
        before, after = _nullable_where_new(before, after), _nullable_where_new(after, before)
    while True:
        fewer = _satisfiable(before, after), _satisfiable(after, before)
        if fewer == (before, after):
            return Passage(before, after)
        before, after = map(mended, fewer)


@st.composite
def _with_other_types(draw: DrawFn, schema: Schema, flavour: Flavour) -> Schema:
    """The schema with some columns, that nothing else depends on, of a wider or narrower type."""
    tables = []
    for table in schema.tables:
        aims = {
            name
            for each in schema.tables
            for key in each.foreign_keys
            if key.target == table.name
            for name in key.target_columns
        }
        bound = aims.union(*(key.columns for key in table.foreign_keys), ["id", "part"])
        columns = []
        for column in table.columns:
            kin = next((kin for kin in (NUMBERS, TEXTS) if column.type.sql in kin), frozenset())
            choice = sorted(kin.intersection(flavour.types))
            free = column.name not in bound and column.generated is None and not column.sequence
            if choice and free and draw(st.integers(0, 4)) == 0:
                column = replace(column, type=Type(sql=draw(st.sampled_from(choice))))
            columns.append(column)
        tables.append(replace(table, columns=tuple(columns)))
    return schema.with_tables(tables)


def refused(before: Schema, after: Schema) -> bool:
    """Whether going there adds a NOT NULL column that has no value for the rows there are."""
    return any(
        _needs_value(column)
        for table in after.tables
        if (other := before.find_table(table.name)) is not None
        for column in table.columns
        if not other.has_column(column.name)
    )


def address(name: QualifiedName) -> str:
    schema = f"{quoted(name.schema)}." if name.schema else ""
    return schema + quoted(name.name)


def _needs_value(column: Column) -> bool:
    has_one = column.default or column.generated or column.identity or column.autoincrement
    return not column.nullable and not has_one


def _shared(table: Table, other: Table) -> set[str]:
    """Columns of both tables, generated ones only where both are generated alike."""
    return {
        column.name
        for column in table.columns
        if other.has_column(column.name) and other.column(column.name).generated == column.generated
    }


def _canonical(value: Any) -> object:
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return Decimal(str(value)).normalize()
    return str(value) if value is not None else None


def _common_values(name: QualifiedName, before: Schema, after: Schema) -> list[str]:
    here, there = before.enum(name), after.find_enum(name)
    kept = [value for value in here.values if there is None or value in there.values]
    return kept or list(here.values)


def _with_convertible_columns(before: Schema, after: Schema) -> Schema:
    """``after`` with a column of ``before`` wherever it could not hold that one's values."""
    tables = []
    needed: list[Column] = []
    for table in after.tables:
        other = before.find_table(table.name)
        kept: list[Column] = []
        changed: set[str] = set()
        for column in table.columns:
            was = other.column(column.name) if other and other.has_column(column.name) else None
            if was is None or _converts(was, column):
                kept.append(column)
            else:
                kept.append(was)
                needed.append(was)
                changed.add(column.name)
        whole = replace(table, columns=tuple(kept))
        tables.append(_without_mentions(whole, changed) if changed else table)
    result = _with_needed(after.with_tables(tables), before, needed)
    enums = tuple(_overlapping(enum, before) for enum in result.enums)
    return mended(_without_changed_targets(replace(result, enums=enums), after))


def _converts(was: Column, column: Column) -> bool:
    if was.generated != column.generated or was.type == column.type:
        return was.type == column.type
    pair = {was.type.sql, column.type.sql}
    return pair <= NUMBERS or pair <= TEXTS


def _without_mentions(table: Table, names: set[str]) -> Table:
    """Without constraints, indexes and generated columns that name one of the columns."""
    names = names | {
        column.name
        for column in table.columns
        if column.generated and any(name in column.generated.expression for name in names)
    }

    def mentions(text: str | None) -> bool:
        return any(name in (text or "") for name in names)

    def stays(constraint: Constraint) -> bool:
        if isinstance(constraint, Check):
            return not mentions(constraint.expression)
        if isinstance(constraint, PrimaryKey):
            return True
        return not names.intersection(constraint_columns(constraint))

    return replace(
        table,
        columns=tuple(
            column
            for column in table.columns
            if column.generated is None or column.name not in names
        ),
        constraints=tuple(filter(stays, table.constraints)),
        indexes=tuple(
            index
            for index in table.indexes
            if not names.intersection(index.columns)
            and not mentions(index.where)
            and not any(mentions(part.expression) for part in index.parts)
        ),
    )


def _with_needed(after: Schema, before: Schema, columns: Iterable[Column]) -> Schema:
    """``after`` with the enums, sequences and schemas that columns of ``before`` need."""
    enums, sequences = list(after.enums), list(after.sequences)
    homes = set(after.schemas)
    for column in columns:
        if column.type.enum is not None and after.find_enum(column.type.enum) is None:
            enums.append(before.enum(column.type.enum))
        if column.sequence is not None and after.find_sequence(column.sequence) is None:
            sequences.append(before.sequence(column.sequence))
    for name in (*(enum.name for enum in enums), *(each.name for each in sequences)):
        homes.update([name.schema] if name.schema else [])
    return replace(
        after,
        enums=tuple(dict.fromkeys(enums)),
        sequences=tuple(dict.fromkeys(sequences)),
        schemas=tuple(homes),
    )


def _overlapping(enum: Enum, before: Schema) -> Enum:
    was = before.find_enum(enum.name)
    if was is None or set(was.values) & set(enum.values):
        return enum
    return replace(enum, values=(*enum.values, was.values[0]))


def _without_changed_targets(schema: Schema, drawn: Schema) -> Schema:
    """Without foreign keys to a column whose type is no longer the one that was drawn."""

    def stays(constraint: Constraint) -> bool:
        if not isinstance(constraint, ForeignKey):
            return True
        target, was = schema.find_table(constraint.target), drawn.find_table(constraint.target)
        return (
            target is not None
            and was is not None
            and all(
                target.has_column(name) and target.column(name).type == was.column(name).type
                for name in constraint.target_columns
            )
        )

    return schema.with_tables(
        replace(table, constraints=tuple(filter(stays, table.constraints)))
        for table in schema.tables
    )


def _nullable_where_new(schema: Schema, other: Schema) -> Schema:
    """The schema with its columns that the other has not allowed to be null."""

    def edit(table: Table) -> Table:
        there = other.find_table(table.name)
        if there is None:
            return table
        key = table.primary_key.columns if table.primary_key else ()
        return replace(
            table,
            columns=tuple(
                replace(column, nullable=True)
                if not there.has_column(column.name)
                and _needs_value(column)
                and column.name not in key
                else column
                for column in table.columns
            ),
        )

    return schema.with_tables(edit(table) for table in schema.tables)


def _satisfiable(schema: Schema, other: Schema) -> Schema:
    """The schema without keys that rows coming from the other, or its own, would break."""

    def edit(table: Table) -> Table:
        there = other.find_table(table.name)
        return replace(
            table,
            constraints=tuple(
                constraint
                for constraint in table.constraints
                if _keeps(schema, other, table, constraint)
            ),
            indexes=tuple(
                index
                for index in table.indexes
                if not index.unique or _tells_apart(table, there, index.columns)
            ),
        )

    return schema.with_tables(edit(table) for table in schema.tables)


def _keeps(schema: Schema, other: Schema, table: Table, constraint: Constraint) -> bool:
    match constraint:
        case Unique() | Exclude():
            there = other.find_table(table.name)
            return _tells_apart(table, there, constraint_columns(constraint))
        case ForeignKey():
            return _holds(schema, other, table, constraint)
        case PrimaryKey() | Check():
            return True


def _tells_apart(table: Table, there: Table | None, key: Iterable[str]) -> bool:
    """Whether one of the key's columns has another value in each row, here and there."""
    return any(
        (there is None or _is_alike(table.column(name), there))
        and table.column(name).type.sql not in FEW_VALUES
        and table.column(name).type.enum is None
        for name in key
    )


def _is_alike(column: Column, there: Table) -> bool:
    """Whether the other table has the column too, and makes its values the same way."""
    name = column.name
    return there.has_column(name) and there.column(name).generated == column.generated


def _holds(schema: Schema, other: Schema, table: Table, key: ForeignKey) -> bool:
    """Whether the rows of both schemas have what the key points at."""
    aims = (schema.table(key.target).column(name) for name in key.target_columns)
    if any(aim.generated for aim in aims):
        return False
    source, target = other.find_table(table.name), other.find_table(key.target)
    if source is None:
        return True
    if target is None:
        return False
    new = [name for name in key.columns if not source.has_column(name)]
    if new:
        return all(table.column(name).default is None for name in new)
    return all(target.has_column(name) for name in key.target_columns)
