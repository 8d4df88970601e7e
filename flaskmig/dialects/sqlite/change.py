"""All that a list of operations does to one table, and how SQLite is told to do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from flaskmig.dialects.base import Hazard, Statement
from flaskmig.dialects.losses import losses, replaced_values, replaces_values
from flaskmig.dialects.sqlite.conversions import conversions
from flaskmig.dialects.sqlite.create_table import (
    column_text,
    create_index,
    create_table,
    references_text,
    require_column,
)
from flaskmig.dialects.sqlite.definition import read_table, trigger_columns, trigger_name
from flaskmig.dialects.sqlite.edit import with_renamed_column
from flaskmig.dialects.sqlite.rebuild import Rebuild, is_constant
from flaskmig.dialects.sqlite.watch import Watch
from flaskmig.errors import OperationError, UnsupportedOperationError
from flaskmig.operations import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterTable,
    CreateIndex,
    DropColumn,
    DropConstraint,
    DropIndex,
    RenameColumn,
    RenameConstraint,
    RenameIndex,
    ReorderColumns,
)
from flaskmig.schema import Check, ForeignKey, Schema, Table, constraint_columns
from flaskmig.sql import names, quote, rename, spelling

TableOperation: TypeAlias = (
    AddColumn
    | DropColumn
    | AlterColumn
    | RenameColumn
    | ReorderColumns
    | AddConstraint
    | DropConstraint
    | RenameConstraint
    | CreateIndex
    | DropIndex
    | RenameIndex
    | AlterTable
)


@dataclass(slots=True)
class Change:
    """Operations on one table that are carried out together.

    ``after`` is the table as they leave it. Columns that are renamed keep their old names in a
    rebuild and are renamed natively behind it, because then SQLite itself rewrites indexes,
    triggers, views and the foreign keys of other tables.
    """

    before: Table
    after: Table = field(init=False)
    operations: list[TableOperation] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.after = self.before

    def accepts(self, operation: TableOperation) -> bool:
        """Whether it can be carried out with the others, renames going last."""
        touched = {name.lower() for op in self.renames for name in (op.before, op.after)}
        match operation:
            case AddColumn() | DropColumn():
                return operation.column.name.lower() not in touched
            case _:
                return True

    def add(self, operation: TableOperation, after: Table) -> None:
        self.operations.append(operation)
        self.after = after

    @property
    def renames(self) -> list[RenameColumn]:
        return [op for op in self.operations if isinstance(op, RenameColumn)]

    @property
    def old_names(self) -> Table:
        """``after`` with renamed columns under their old names."""
        table = self.after
        for operation in reversed(self.renames):
            back = operation.reverse().apply(Schema(tables=(table,)))
            table = back.table(table.name)
            table = rename_in_expressions(table, operation.after, operation.before)
        if not self.renames:
            return table
        # There and back again leaves quotes; what is as it was keeps its own spelling.
        originals = {spelling(text): text for _, text in _expressions(self.before)}
        return edit_expressions(table, lambda text: originals.get(spelling(text), text))

    def dropped_indexes(self) -> list[Statement]:
        kept = self.old_names.indexes
        return [
            Statement(sql=f"DROP INDEX {quote(index.name)}")
            for index in self.before.indexes
            if index not in kept
        ]

    def created_indexes(self) -> list[Statement]:
        kept = {index.name for index in self.old_names.indexes if index in self.before.indexes}
        return [
            Statement(sql=create_index(self.after.name, index))
            for index in self.after.indexes
            if index.name not in kept
        ]

    def structure(self) -> list[Statement]:
        """Everything but the indexes that are dropped and made."""
        self.refuse()
        native = self.native()
        if native is not None:
            return native
        return [*self.rebuild().statements(), *(_rename_column(op) for op in self.renames)]

    def refuse(self) -> None:
        """Raises UnsupportedOperationError for what SQLite has no place for."""
        for operation in self.operations:
            match operation:
                case AlterColumn() if operation.changed == ("comment",):
                    raise UnsupportedOperationError(
                        f"SQLite keeps no comments: {operation}",
                        hint="leave the comment to the databases that have them",
                    )
                case AlterTable() if operation.before.options == operation.after.options:
                    raise UnsupportedOperationError(
                        f"SQLite keeps no comments: {operation}",
                        hint="leave the comment to the databases that have them",
                    )
                case _:
                    pass

    def stored(self) -> Table:
        """``after`` with the text and triggers that the database then has."""
        text, triggers = self.rebuild().text, list(self.before.triggers)
        for operation in self.renames:
            text = with_renamed_column(text, operation.before, operation.after)
            triggers = [rename(sql, operation.before, operation.after) for sql in triggers]
        return replace(self.after, sql=text, triggers=tuple(triggers))

    def rebuild(self) -> Rebuild:
        after = self.old_names
        kept = tuple(index for index in after.indexes if index in self.before.indexes)
        added: dict[str, str | None] = {}
        using: dict[str, str] = {}
        backfill: dict[str, str] = {}
        for operation in self.operations:
            match operation:
                case AddColumn():
                    added[operation.column.name] = operation.backfill
                case DropColumn():
                    added.pop(operation.column.name, None)
                case AlterColumn():
                    name = self.old_name(operation.after.name)
                    if operation.using is not None:
                        using[name] = operation.using
                    if operation.backfill is not None and operation.becomes_required:
                        backfill[name] = operation.backfill
                case _:
                    pass
        self.require_columns(after)
        return Rebuild(
            before=self.before,
            after=replace(after, indexes=kept),
            added=added,
            using=using,
            backfill=backfill,
            hazards=self.hazards(after),
        )

    def old_name(self, name: str) -> str:
        for operation in reversed(self.renames):
            name = operation.before if name == operation.after else name
        return name

    def require_columns(self, after: Table) -> None:
        """An expression that still uses a dropped column: SQLite would take "it" for a string."""
        existing = {column.name.lower() for column in after.columns}
        gone = {c.name.lower() for c in self.before.columns} - existing
        for where, expression in _expressions(after):
            for name in sorted(gone & names(expression)):
                raise OperationError(
                    f"{where} of table {after.name} still uses the column {name}, which is dropped",
                    hint="drop or change that first",
                )
        for trigger in self.before.triggers:
            for name in sorted(gone & trigger_columns(trigger)):
                raise OperationError(
                    f"trigger {trigger_name(trigger)} waits for updates of {after.name}.{name}, "
                    "which is dropped",
                    hint="drop or change that first",
                )

    def hazards(self, after: Table) -> tuple[Hazard, ...]:
        found: list[Hazard] = []
        for operation in self.operations:
            if isinstance(operation, DropColumn) and self.before.has_column(operation.column.name):
                found += _drop_hazards(operation)
            elif isinstance(operation, AlterColumn) and replaces_values(operation):
                lost = replaced_values(operation).sentence
                found.append(Hazard(code="replace-values", message=lost))
        for conversion in conversions(self.before, after):
            column = conversion.column
            found.append(
                Hazard(
                    code="change-type",
                    message=f"the values of {after.name}.{column.name} are stored anew as "
                    f"{column.type.sql or 'no type'}; a value that would change stops it",
                    instead="add a column of the new type, fill it and drop the old one",
                )
            )
        return tuple(found)

    def native(self) -> list[Statement] | None:
        """The statements of ALTER TABLE, or None where it cannot do all of it."""
        done: list[Statement] = []
        merged = self.merged_keys()
        for operation in self.operations:
            match operation:
                case CreateIndex() | DropIndex() | RenameIndex():
                    pass
                case AddConstraint() | DropConstraint():
                    if operation not in merged:
                        return None
                case RenameColumn():
                    done.append(_rename_column(operation))
                case AddColumn():
                    added = self.native_add(operation, merged)
                    if added is None:
                        return None
                    done += added
                case DropColumn():
                    if not self.can_drop(operation):
                        return None
                    done += self.native_drop(operation)
                case AlterColumn():
                    if set(operation.changed) - {"comment"} or operation.using is not None:
                        return None
                case RenameConstraint() | AlterTable() | ReorderColumns():
                    return None
        return done

    def merged_keys(self) -> list[TableOperation]:
        """Constraint operations that need none of their own: keys in ADD and DROP COLUMN."""
        merged: list[TableOperation] = []
        added = {op.column.name for op in self.operations if isinstance(op, AddColumn)}
        for operation in self.operations:
            match operation:
                case AddConstraint(constraint=ForeignKey() as key):
                    if len(key.columns) == 1 and key.columns[0] in added:
                        merged.append(operation)
                case DropConstraint():
                    if self.is_inline_in_dropped(operation):
                        merged.append(operation)
                case _:
                    pass
        return merged

    def native_add(
        self, operation: AddColumn, merged: list[TableOperation]
    ) -> list[Statement] | None:
        column = operation.column
        require_column(column)
        keys = [
            op.constraint
            for op in merged
            if isinstance(op, AddConstraint)
            and isinstance(op.constraint, ForeignKey)
            and op.constraint.columns == (column.name,)
        ]
        stored = column.generated is not None and column.generated.stored
        constant = column.default is None or is_constant(column.default)
        if stored or not constant or column.autoincrement:
            return None
        if not column.nullable and (column.generated or not is_constant(column.default)):
            return None
        if keys and (column.default is not None or operation.backfill is not None):
            return None
        if not column.nullable and operation.backfill is not None:
            return None
        table = quote(self.before.name.name)
        references = [
            (f"CONSTRAINT {quote(key.name)} " if key.name else "") + references_text(key)
            for key in keys
        ]
        definition = " ".join([column_text(column), *references])
        done = [Statement(sql=f"ALTER TABLE {table} ADD COLUMN {definition}")]
        if operation.backfill is not None:
            name = quote(column.name)
            done.append(Statement(sql=f"UPDATE {table} SET {name} = ({operation.backfill})"))
        return done

    def is_inline_in_dropped(self, operation: DropConstraint) -> bool:
        dropped = [op for op in self.operations if isinstance(op, DropColumn)]
        return any(operation.constraint in _inline(self.before, op.column.name) for op in dropped)

    def can_drop(self, operation: DropColumn) -> bool:
        """Whether nothing but clauses of its own names the column, and they go with it."""
        name = operation.column.name
        if self.renames or not self.before.has_column(name):
            return False
        inline = _inline(self.before, name)
        for constraint in self.before.constraints:
            if constraint in inline:
                if not isinstance(constraint, Check | ForeignKey):
                    return False
                if constraint in self.after.constraints:
                    return False
                if names(getattr(constraint, "expression", "")) & self.other_columns(name):
                    return False
            elif name in constraint_columns(constraint):
                return False
        used = {n for _, text in _expressions(self.before, but=name) for n in names(text)}
        indexed = {column for index in self.after.indexes for column in index.columns}
        mentioned = {n for trigger in self.before.triggers for n in names(trigger)}
        return name.lower() not in used | mentioned and name not in indexed

    def other_columns(self, name: str) -> set[str]:
        return {column.name.lower() for column in self.before.columns} - {name.lower()}

    def native_drop(self, operation: DropColumn) -> list[Statement]:
        table, name = self.before.name.name, operation.column.name
        return [
            Watch(
                sql=f"PRAGMA foreign_key_check({quote(table)})",
                table=table,
                watches=table,
                rebuilt=False,
                dropped=(name,),
                comment=f"drop column {table}.{name}: triggers and views must still work after it",
            ),
            Statement(
                sql=f"ALTER TABLE {quote(table)} DROP COLUMN {quote(name)}",
                hazards=_drop_hazards(operation),
            ),
        ]


def rename_in_expressions(table: Table, before: str, after: str) -> Table:
    """The table with a column's new name in every expression that names it."""

    def edit(expression: str) -> str:
        named = before.lower() in names(expression)
        return rename(expression, before, after) if named else expression

    return edit_expressions(table, edit)


def edit_expressions(table: Table, edit: Callable[[str], str]) -> Table:
    """The table with every CHECK, generated column and index expression edited."""
    columns = tuple(
        replace(c, generated=replace(c.generated, expression=edit(c.generated.expression)))
        if c.generated
        else c
        for c in table.columns
    )
    constraints = tuple(
        replace(c, expression=edit(c.expression)) if isinstance(c, Check) else c
        for c in table.constraints
    )
    indexes = tuple(
        replace(
            index,
            where=None if index.where is None else edit(index.where),
            parts=tuple(
                replace(part, expression=edit(part.expression)) if part.expression else part
                for part in index.parts
            ),
        )
        for index in table.indexes
    )
    return replace(table, columns=columns, constraints=constraints, indexes=indexes)


def _rename_column(operation: RenameColumn) -> Statement:
    table, before, after = operation.table.name, operation.before, operation.after
    return Statement(
        sql=f"ALTER TABLE {quote(table)} RENAME COLUMN {quote(before)} TO {quote(after)}"
    )


def _drop_hazards(operation: DropColumn) -> tuple[Hazard, ...]:
    instead = "stop using it first and drop it in a later revision"
    return tuple(
        Hazard(code="drop-column", message=loss.sentence, instead=instead)
        for loss in losses(operation)
    )


def _inline(table: Table, column: str) -> list[object]:
    """The constraints that stand in the column's own definition, as the text spells them."""
    text = read_table(table.sql or create_table(table)).column(column)
    return [clause.constraint for clause in text.clauses if clause.constraint] if text else []


def _expressions(table: Table, but: str = "") -> list[tuple[str, str]]:
    """Every expression of the table with what it is of, those of one column's own left out."""
    own = _inline(table, but) if but else []
    found = [
        (f"CHECK {c.name or c.expression}", c.expression)
        for c in table.constraints
        if isinstance(c, Check) and c not in own
    ]
    found += [
        (f"column {c.name}", c.generated.expression)
        for c in table.columns
        if c.generated and c.name != but
    ]
    for index in table.indexes:
        texts = [part.expression for part in index.parts] + [index.where]
        found += [(f"index {index.name}", text) for text in texts if text]
    return found
