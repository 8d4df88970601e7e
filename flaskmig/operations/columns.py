"""Operations on columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from flaskmig.errors import ObjectExistsError
from flaskmig.operations.base import BaseOperation, edit_table, edit_tables
from flaskmig.operations.following import rename_column_in_texts
from flaskmig.operations.refs import Ref, Refs, column_makes, column_needs, column_ref, table_ref
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
    constraint_columns,
)

_ALTERABLE = (
    "type",
    "nullable",
    "default",
    "generated",
    "identity",
    "autoincrement",
    "collation",
    "comment",
    "on_null",
)


def is_required(column: Column) -> bool:
    """Whether rows must have a value that the database does not give them."""
    return (
        not column.nullable
        and column.default is None
        and column.generated is None
        and column.identity is None
        and not column.autoincrement
    )


def is_row_number(column: Column, key: PrimaryKey | None) -> bool:
    """Whether the column is SQLite's own number of each row, which none is without.

    That is the one column of a key whose type is spelled exactly so; PostgreSQL spells its
    types in small letters.
    """
    return key is not None and key.columns == (column.name,) and column.type.sql == "INTEGER"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddColumn(BaseOperation):
    """Add a column at the end of a table.

    ``backfill`` is an SQL expression for the rows that are there already: the column is added
    nullable, filled, and then made NOT NULL if it is to be.
    """

    table: QualifiedName
    column: Column
    backfill: str | None = None

    @property
    def creates(self) -> Refs:
        return column_makes(self.table, self.column)

    @property
    def uses(self) -> Refs:
        return column_needs(self.table, self.column)

    @property
    def releases(self) -> Refs:
        return frozenset({table_ref(self.table)})

    def apply(self, schema: Schema) -> Schema:
        def edit(table: Table) -> Table:
            if table.has_column(self.column.name):
                raise ObjectExistsError(f"column {self.table}.{self.column.name} exists already")
            return replace(table, columns=(*table.columns, self.column))

        return edit_table(schema, self.table, edit)

    @property
    def needs_value(self) -> bool:
        """Whether only a table without rows can have the column."""
        return self.backfill is None and is_required(self.column)

    def reverse(self) -> DropColumn:
        return DropColumn(table=self.table, column=self.column, backfill=self.backfill)

    def __str__(self) -> str:
        return f"add column {self.table}.{self.column.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DropColumn(BaseOperation):
    """Drop a column, its values, and the constraints and indexes that name it.

    ``backfill`` is what the reverse fills the column with.
    """

    table: QualifiedName
    column: Column
    backfill: str | None = None

    @property
    def uses(self) -> Refs:
        return frozenset({table_ref(self.table)})

    @property
    def drops(self) -> Refs:
        return column_makes(self.table, self.column)

    @property
    def releases(self) -> Refs:
        return column_needs(self.table, self.column)

    def apply(self, schema: Schema) -> Schema:
        name = self.column.name

        def edit(table: Table) -> Table:
            table.column(name)
            return replace(
                table,
                columns=tuple(column for column in table.columns if column.name != name),
                constraints=tuple(
                    constraint
                    for constraint in table.constraints
                    if name not in constraint_columns(constraint)
                ),
                indexes=tuple(index for index in table.indexes if name not in index.columns),
            )

        return edit_table(schema, self.table, edit)

    def reverse(self) -> AddColumn:
        return AddColumn(table=self.table, column=self.column, backfill=self.backfill)

    def __str__(self) -> str:
        return f"drop column {self.table}.{self.column.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlterColumn(BaseOperation):
    """Change anything of a column but its name.

    ``using`` is the SQL expression that makes the new value where the type changes, None for
    the database's own conversion. ``backfill`` is one for the rows without a value, where the
    column becomes NOT NULL, by this or by its reverse.
    """

    table: QualifiedName
    before: Column
    after: Column
    using: str | None = None
    backfill: str | None = None

    @property
    def creates(self) -> Refs:
        return column_makes(self.table, self.after)

    @property
    def uses(self) -> Refs:
        """What the column did not need before; an enum that it keeps is not used anew."""
        kept = column_needs(self.table, self.before) - {table_ref(self.table)}
        return column_needs(self.table, self.after) - kept

    @property
    def drops(self) -> Refs:
        return column_makes(self.table, self.before)

    @property
    def releases(self) -> Refs:
        kept = column_needs(self.table, self.after) - {table_ref(self.table)}
        return column_needs(self.table, self.before) - kept

    def apply(self, schema: Schema) -> Schema:
        def edit(table: Table) -> Table:
            table.column(self.before.name)
            columns = (
                self.after if column.name == self.before.name else column
                for column in table.columns
            )
            return replace(table, columns=tuple(columns))

        return edit_table(schema, self.table, edit)

    def reverse(self) -> AlterColumn:
        return AlterColumn(
            table=self.table, before=self.after, after=self.before, backfill=self.backfill
        )

    def __str__(self) -> str:
        changed = ", ".join(self.changed)
        return f"alter column {self.table}.{self.after.name} ({changed})"

    @property
    def becomes_required(self) -> bool:
        """Whether rows could lack a value before and cannot afterwards."""
        return self.before.nullable and not self.after.nullable

    @property
    def changed(self) -> tuple[str, ...]:
        """The attributes of the column that differ."""
        return tuple(
            name for name in _ALTERABLE if getattr(self.before, name) != getattr(self.after, name)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameColumn(BaseOperation):
    """Give a column another name; what names it follows, as far as the model knows it.

    Expressions (checks, generated columns, index parts) are the database's to rewrite;
    ``expressions`` are pairs of the text before and after for those that are known.
    """

    table: QualifiedName
    before: str
    after: str
    expressions: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @property
    def creates(self) -> Refs:
        return frozenset({column_ref(self.table, self.after), Ref("columns", self.table)})

    @property
    def uses(self) -> Refs:
        return frozenset({table_ref(self.table)})

    @property
    def drops(self) -> Refs:
        return frozenset({column_ref(self.table, self.before), Ref("columns", self.table)})

    @property
    def releases(self) -> Refs:
        return frozenset({table_ref(self.table)})

    def apply(self, schema: Schema) -> Schema:
        table = schema.table(self.table)
        table.column(self.before)
        if table.has_column(self.after):
            raise ObjectExistsError(f"column {self.table}.{self.after} exists already")
        edited = edit_tables(schema, self._edit)
        return rename_column_in_texts(edited, self.table, self.before, self.after)

    def rewriting(self, table: Table, rename: Callable[[str, str, str], str]) -> RenameColumn:
        """This rename with every expression of ``table`` that it changes and does not name yet.

        ``rename`` answers with the text, given the text and the name before and after.
        """
        said = dict(self.expressions)
        for text in table.expressions:
            after = rename(text, self.before, self.after)
            if after != text:
                said.setdefault(text, after)
        return replace(self, expressions=tuple(said.items()))

    def _edit(self, table: Table) -> Table:
        own = table.name == self.table
        if not own and not any(key.target == self.table for key in table.foreign_keys):
            return table
        constraints = tuple(self._constraint(own, c) for c in table.constraints)
        if not own:
            return replace(table, constraints=constraints)
        return replace(
            table,
            columns=tuple(self._column(column) for column in table.columns),
            constraints=constraints,
            indexes=tuple(self._index(index) for index in table.indexes),
        )

    def _name(self, name: str) -> str:
        return self.after if name == self.before else name

    def _names(self, names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self._name(name) for name in names)

    def _text(self, expression: str) -> str:
        return dict(self.expressions).get(expression, expression)

    def _column(self, column: Column) -> Column:
        generated = column.generated
        if generated is not None:
            generated = replace(generated, expression=self._text(generated.expression))
        return replace(column, name=self._name(column.name), generated=generated)

    def _constraint(self, own: bool, constraint: Constraint) -> Constraint:
        match constraint:
            case ForeignKey():
                if own:
                    constraint = replace(constraint, columns=self._names(constraint.columns))
                if constraint.target == self.table:
                    names = self._names(constraint.target_columns)
                    constraint = replace(constraint, target_columns=names)
                return constraint
            case PrimaryKey() | Unique() if own:
                return replace(
                    constraint,
                    columns=self._names(constraint.columns),
                    include=self._names(constraint.include),
                )
            case Check() if own:
                return replace(constraint, expression=self._text(constraint.expression))
            case Exclude() if own:
                elements = tuple(
                    replace(element, column=self._name(element.column))
                    if element.column
                    else replace(element, expression=self._text(element.expression or ""))
                    for element in constraint.elements
                )
                where = self._text(constraint.where) if constraint.where is not None else None
                return replace(constraint, elements=elements, where=where)
            case _:
                return constraint

    def _index(self, index: Index) -> Index:
        parts = tuple(
            replace(part, column=self._name(part.column))
            if part.column
            else replace(part, expression=self._text(part.expression or ""))
            for part in index.parts
        )
        where = self._text(index.where) if index.where is not None else None
        return replace(index, parts=parts, where=where, include=self._names(index.include))

    def reverse(self) -> RenameColumn:
        return RenameColumn(
            table=self.table,
            before=self.after,
            after=self.before,
            expressions=tuple((after, before) for before, after in self.expressions),
        )

    def __str__(self) -> str:
        return f"rename column {self.table}.{self.before} to {self.after}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReorderColumns(BaseOperation):
    """Give the columns of a table another order; both are all of their names.

    No difference between two schemas is one of order, so it comes from a revision file alone.
    """

    table: QualifiedName
    before: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def uses(self) -> Refs:
        return frozenset({table_ref(self.table)})

    @property
    def releases(self) -> Refs:
        return frozenset({table_ref(self.table)})

    def apply(self, schema: Schema) -> Schema:
        def edit(table: Table) -> Table:
            first = tuple(table.column(name) for name in self.after)
            rest = tuple(column for column in table.columns if column.name not in self.after)
            return replace(table, columns=first + rest)

        return edit_table(schema, self.table, edit)

    def reverse(self) -> ReorderColumns:
        return ReorderColumns(table=self.table, before=self.after, after=self.before)

    def __str__(self) -> str:
        return f"reorder the columns of {self.table} ({', '.join(self.after)})"
