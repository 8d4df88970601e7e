"""Operations on PostgreSQL as statements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from flaskmig.dialects.base import Before, Leftover, Statement
from flaskmig.dialects.postgresql import (
    columns,
    default_names,
    enums,
    extensions,
    hazards,
    leftovers,
    routines,
    triggers,
    views,
)
from flaskmig.dialects.postgresql.ahead import Ahead
from flaskmig.dialects.postgresql.clauses import (
    constraint_clause,
    create_index,
    create_table,
    identifier,
    is_inline,
    literal,
    qualified,
    reject_unknown_options,
    sequence_changes,
    sequence_options,
    storage_options,
)
from flaskmig.dialects.postgresql.script import Script
from flaskmig.errors import ObjectNotFoundError, UnsupportedOperationError
from flaskmig.operations import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterEnum,
    AlterExtension,
    AlterSequence,
    AlterTable,
    CreateEnum,
    CreateExtension,
    CreateFunction,
    CreateIndex,
    CreateSchema,
    CreateSequence,
    CreateTable,
    CreateTrigger,
    CreateView,
    DropColumn,
    DropConstraint,
    DropEnum,
    DropExtension,
    DropFunction,
    DropIndex,
    DropSchema,
    DropSequence,
    DropTable,
    DropTrigger,
    DropView,
    Operation,
    RenameColumn,
    RenameConstraint,
    RenameEnum,
    RenameEnumValue,
    RenameIndex,
    RenameSequence,
    RenameTable,
    ReorderColumns,
    ReplaceFunction,
    ReplaceTrigger,
    ReplaceView,
    RunSQL,
    find_constraint,
)
from flaskmig.schema import Constraint, QualifiedName, Table, describe_constraint
from flaskmig.schema import Sequence as SequenceObject
from flaskmig.sql import quote_literal


def statements(operations: Sequence[Operation], before: Before) -> list[Statement]:
    """The SQL that carries out the operations, in their order, starting from ``before``.

    Consecutive AddColumn and AlterColumn of one table become one ALTER TABLE. Raises
    UnsupportedOperationError for what PostgreSQL cannot do.
    """
    writer = _Writer(before)
    for operation in operations:
        writer.write(operation)
        writer.before.apply(operation)
    return writer.script.finish()


class _Writer:
    """The script so far, and what is there when it has run."""

    def __init__(self, before: Before) -> None:
        self.before = Ahead(before)
        self.script = Script()

    def write(self, operation: Operation) -> None:
        match operation:
            case CreateSchema() | DropSchema():
                verb = "CREATE" if isinstance(operation, CreateSchema) else "DROP"
                self.script.add(f"{verb} SCHEMA {identifier(operation.name)}")
            case CreateEnum() | DropEnum() | RenameEnum() | AlterEnum() | RenameEnumValue():
                self._write_enum(operation)
            case CreateSequence() | DropSequence() | RenameSequence() | AlterSequence():
                self._write_sequence(operation)
            case CreateTable() | DropTable() | RenameTable() | AlterTable():
                self._write_table(operation)
            case AddColumn():
                columns.add(self.script, operation)
            case DropColumn():
                columns.drop(self.script, operation)
            case AlterColumn():
                columns.alter(self.script, operation, self.before)
            case RenameColumn():
                change = f"COLUMN {identifier(operation.before)} TO {identifier(operation.after)}"
                self._alter(operation.table, f"RENAME {change}")
            case ReorderColumns():
                raise UnsupportedOperationError(
                    f"PostgreSQL keeps columns where they are: {operation}",
                    hint="name the columns wherever their order matters",
                )
            case AddConstraint() | DropConstraint() | RenameConstraint():
                self._write_constraint(operation)
            case CreateIndex() | DropIndex() | RenameIndex():
                self._write_index(operation)
            case CreateView() | DropView() | ReplaceView():
                views.write(self.script, operation)
            case CreateFunction() | DropFunction() | ReplaceFunction():
                routines.write(self.script, operation)
            case CreateTrigger() | DropTrigger() | ReplaceTrigger():
                triggers.write(self.script, operation)
            case CreateExtension() | DropExtension() | AlterExtension():
                extensions.write(self.script, operation)
            case RunSQL():
                self.script.add(operation.sql)
            case _:
                assert_never(operation)

    def _alter(self, table: QualifiedName, action: str) -> None:
        self.script.add(f"ALTER TABLE {qualified(table)} {action}", locks=hazards.exclusive(table))

    def _write_enum(
        self, operation: CreateEnum | DropEnum | RenameEnum | AlterEnum | RenameEnumValue
    ) -> None:
        match operation:
            case CreateEnum():
                self.script.add(enums.create(operation.enum))
            case DropEnum():
                self.script.add(f"DROP TYPE {qualified(operation.enum.name)}")
            case RenameEnum():
                self._rename("TYPE", operation.before, operation.after)
            case AlterEnum():
                enums.alter(self.script, operation, self.before)
            case RenameEnumValue():
                values = f"{enums.label(operation.before)} TO {enums.label(operation.after)}"
                self.script.add(f"ALTER TYPE {qualified(operation.enum)} RENAME VALUE {values}")

    def _write_sequence(
        self, operation: CreateSequence | DropSequence | RenameSequence | AlterSequence
    ) -> None:
        match operation:
            case CreateSequence():
                self.script.add(_create_sequence(operation.sequence))
            case DropSequence():
                self.script.add(f"DROP SEQUENCE {qualified(operation.sequence.name)}")
            case RenameSequence():
                self._rename("SEQUENCE", operation.before, operation.after)
            case AlterSequence():
                changes = sequence_changes(operation.before, operation.after)
                if operation.before.type != operation.after.type:
                    changes.insert(0, f"AS {operation.after.type or 'bigint'}")
                if changes:
                    name = qualified(operation.after.name)
                    self.script.add(f"ALTER SEQUENCE {name} {' '.join(changes)}")

    def _rename(self, kind: str, before: QualifiedName, after: QualifiedName) -> None:
        """Into the new schema first, then the new name."""
        here = before
        locks = hazards.exclusive(before) if kind == "TABLE" else ()
        if before.schema != after.schema:
            self.script.add(_set_schema(kind, before, after.schema), locks=locks)
            here = QualifiedName(before.name, after.schema)
        if before.name != after.name:
            name = identifier(after.name)
            self.script.add(f"ALTER {kind} {qualified(here)} RENAME TO {name}", locks=locks)

    def _write_table(self, operation: CreateTable | DropTable | RenameTable | AlterTable) -> None:
        match operation:
            case CreateTable():
                self._create_table(operation.table)
            case DropTable():
                self.script.add(
                    f"DROP TABLE {qualified(operation.table.name)}",
                    locks=hazards.dropped_table_locks(operation.table),
                    found=hazards.lost(operation),
                )
            case RenameTable():
                self._rename("TABLE", operation.before, operation.after)
                self.script.renamed(operation.before, operation.after)
                self._follow(operation)
            case AlterTable():
                self._alter_settings(operation)

    def _follow(self, operation: RenameTable) -> None:
        """Rename what PostgreSQL named after the table."""
        if not operation.default_names or operation.before.name == operation.after.name:
            return
        self.script.add(
            default_names.following(operation.before.name, operation.after),
            locks=hazards.exclusive(operation.after),
        )

    def _create_table(self, table: Table) -> None:
        self.script.add(create_table(table), locks=hazards.created_table_locks(table))
        self.script.made(table.name)
        for constraint in table.constraints:
            if not is_inline(constraint):
                self._alter(table.name, f"ADD {constraint_clause(constraint)}")
        for column in table.columns:
            if column.autoincrement and column.nullable:
                self._alter(table.name, f"ALTER COLUMN {identifier(column.name)} DROP NOT NULL")
        for index in table.indexes:
            self.script.add(create_index(table.name, index))
        if table.settings.comment is not None:
            self.script.add(_table_comment(table.name, table.settings.comment))
        for column in table.columns:
            if column.comment is not None:
                self.script.add(columns.comment(table.name, column))

    def _alter_settings(self, operation: AlterTable) -> None:
        before, after = dict(operation.before.options), dict(operation.after.options)
        reject_unknown_options(after)
        if before.get("partition_by") != after.get("partition_by"):
            raise UnsupportedOperationError(
                f"PostgreSQL cannot change how table {operation.table} is partitioned",
                hint="create a new table, move the rows, and rename it",
            )
        if bool(before.get("unlogged")) != bool(after.get("unlogged")):
            self.script.add(
                f"ALTER TABLE {qualified(operation.table)} "
                f"SET {'UNLOGGED' if after.get('unlogged') else 'LOGGED'}",
                locks=hazards.exclusive(operation.table),
                found=(hazards.table_rewrite(operation.table),),
            )
        if before.get("tablespace") != after.get("tablespace"):
            space = identifier(str(after.get("tablespace") or "pg_default"))
            self.script.add(
                f"ALTER TABLE {qualified(operation.table)} SET TABLESPACE {space}",
                locks=hazards.exclusive(operation.table),
                found=(hazards.table_rewrite(operation.table),),
            )
        self._alter_storage(operation)
        if operation.before.comment != operation.after.comment:
            self.script.add(
                _table_comment(operation.table, operation.after.comment),
                locks=hazards.comment_locks(operation.table),
            )

    def _alter_storage(self, operation: AlterTable) -> None:
        before, after = dict(operation.before.options), dict(operation.after.options)
        gone = [name for name in before if name.startswith("with.") and name not in after]
        if gone:
            parameters = ", ".join(name.removeprefix("with.") for name in sorted(gone))
            self._alter(operation.table, f"RESET ({parameters})")
        changed = [
            (name.removeprefix("with."), value)
            for name, value in sorted(after.items())
            if name.startswith("with.") and before.get(name) != value
        ]
        if changed:
            self._alter(operation.table, f"SET ({storage_options(changed)})")

    def _write_constraint(
        self, operation: AddConstraint | DropConstraint | RenameConstraint
    ) -> None:
        table, constraint = operation.table, operation.constraint
        where = f"ALTER TABLE {qualified(table)}"
        match operation:
            case AddConstraint():
                self.script.add(
                    f"{where} ADD {constraint_clause(constraint)}",
                    locks=hazards.added_constraint_locks(table, constraint),
                    found=hazards.added_constraint(table, constraint),
                )
            case DropConstraint():
                name = identifier(self._name_of(table, constraint))
                self.script.add(
                    f"{where} DROP CONSTRAINT {name}",
                    locks=hazards.dropped_constraint_locks(table, constraint),
                )
            case RenameConstraint():
                if operation.after is None:
                    raise UnsupportedOperationError(
                        f"every constraint has a name in PostgreSQL: {operation}",
                        hint="give the constraint a name in the models",
                    )
                name = identifier(self._name_of(table, constraint))
                after = identifier(operation.after)
                self._alter(table, f"RENAME CONSTRAINT {name} TO {after}")

    def _name_of(self, table: QualifiedName, constraint: Constraint) -> str:
        """The constraint's name, looked up by what it is where the operation has none."""
        if constraint.name:
            return constraint.name
        known = self.before.find_table(table)
        try:
            found = find_constraint(known, constraint) if known else None
        except ObjectNotFoundError:
            found = None
        if found is None or found.name is None:
            raise UnsupportedOperationError(
                f"nothing says what the constraint {describe_constraint(constraint)} of table "
                f"{table} is called",
                hint="give its name",
            )
        return found.name

    def _write_index(self, operation: CreateIndex | DropIndex | RenameIndex) -> None:
        table = operation.table
        match operation:
            case CreateIndex():
                how = operation.concurrently
                self.script.add(
                    create_index(table, operation.index, concurrently=how),
                    locks=hazards.index_locks(table, concurrently=how),
                    found=hazards.created_index(table, operation.index, concurrently=how),
                    in_transaction=not how,
                    leftover=Leftover(
                        index=operation.index.name,
                        table=table,
                        query=leftovers.query(operation.index.name, table) if how else "",
                    ),
                )
            case DropIndex():
                how = operation.concurrently
                name = qualified(QualifiedName(operation.index.name, table.schema))
                self.script.add(
                    f"DROP INDEX {'CONCURRENTLY ' if how else ''}{name}",
                    locks=hazards.dropped_index_locks(table, concurrently=how),
                    in_transaction=not how,
                )
            case RenameIndex():
                name = qualified(QualifiedName(operation.before, table.schema))
                self.script.add(f"ALTER INDEX {name} RENAME TO {identifier(operation.after)}")


def _create_sequence(sequence: SequenceObject) -> str:
    type_ = f" AS {sequence.type}" if sequence.type else ""
    options = "".join(f" {option}" for option in sequence_options(sequence))
    return f"CREATE SEQUENCE {qualified(sequence.name)}{type_}{options}"


def _table_comment(table: QualifiedName, comment: str | None) -> str:
    return f"COMMENT ON TABLE {qualified(table)} IS {literal(comment)}"


def _set_schema(kind: str, name: QualifiedName, schema: str | None) -> str:
    if schema is not None:
        return f"ALTER {kind} {qualified(name)} SET SCHEMA {identifier(schema)}"
    # Only the server knows what the default schema is called.
    move = quote_literal(f"ALTER {kind} {qualified(name)} SET SCHEMA ")
    return columns.block(f"EXECUTE {move} || quote_ident(current_schema())")
