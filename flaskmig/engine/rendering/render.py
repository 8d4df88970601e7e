"""Operations as Python: the calls of ``op`` that a revision file makes, and their imports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flaskmig.engine.rendering import constraint_source, index_source
from flaskmig.engine.rendering.column_source import alteration, column_code, sequence_options
from flaskmig.engine.rendering.declared_source import declared_calls
from flaskmig.engine.rendering.final_names import with_final_names
from flaskmig.engine.rendering.python_source import call, lay_out, literal
from flaskmig.engine.rendering.remarks import Losses, comment, lossy
from flaskmig.engine.rendering.source_writer import (
    Override,
    SourceWriter,
    escaped,
    given,
    names,
)
from flaskmig.engine.rendering.table_source import alter_table, create_table
from flaskmig.errors import UnsupportedOperationError
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
)
from flaskmig.schema import PrimaryKey, QualifiedName, Source

# The lines stand in a function: four columns of the hundred are its indentation.
WIDTH = 96


@dataclass(frozen=True, slots=True)
class Rendered:
    """``lines`` are not indented; ``imports`` lack only that of ``op`` itself.

    ``own`` is what ``override`` wrote of it.
    """

    lines: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    own: tuple[Source, ...] = ()

    @property
    def python(self) -> str:
        """The lines, after the imports that they need."""
        return "\n".join([*self.imports, *([""] if self.imports else []), *self.lines])


def render(
    operations: Sequence[Operation],
    *,
    dialect: str = "",
    override: Override | None = None,
    losses: Losses | None = None,
    guesses: Losses | None = None,
    convention: Mapping[str, str] | None = None,
) -> Rendered:
    """The calls that carry out the operations, in their order, as ``ruff format`` writes them.

    ``dialect`` is the name of the database that the operations were found on. It decides what
    SQLAlchemy has once for each database, such as ``sqlite_where`` and ``postgresql_where``.
    ``override`` is asked first how columns, types, defaults and constraints are written.
    ``losses`` says what an operation loses, which is then written above it, and so is what
    ``guesses`` says. ``convention`` is the models' naming convention, by "pk", "uq", "ck", "fk"
    and "ix": names are written so that it does not change them.
    """
    writer = SourceWriter(dialect, override, frozenset(key_columns(operations)))
    lines: list[str] = []
    for operation in operations:
        calls = list(calls_of(writer, operation))
        if calls and guesses is not None:
            for sentence in guesses(operation):
                lines += comment(sentence, width=WIDTH)
        if calls and losses is not None:
            lines += lossy(losses(operation), width=WIDTH)
        for code in calls:
            explode = code.startswith("op.create_table(")
            final = with_final_names(code, convention or {})
            lines += lay_out(final, width=WIDTH, explode=explode)
    ordered = sorted(writer.imports, key=lambda line: (line.startswith("from "), line))
    own = sorted(writer.own, key=lambda source: source.code)
    return Rendered(tuple(lines), tuple(ordered), tuple(own))


def key_columns(operations: Sequence[Operation]) -> Iterator[tuple[QualifiedName, str]]:
    """The columns that an operation of their own makes primary keys."""
    for operation in operations:
        match operation:
            case AddConstraint(table=table, constraint=PrimaryKey(columns=columns)):
                yield from ((table, column) for column in columns)


def calls_of(writer: SourceWriter, operation: Operation) -> Iterator[str]:
    """The code of the calls that carry out one operation."""
    match operation:
        case CreateTable():
            yield from create_table(writer, operation.table)
        case DropTable():
            yield _dropped("op.drop_table", operation.table.name, operation.if_exists)
        case RenameTable():
            yield _rename("op.rename_table", operation)
        case AlterTable():
            yield from alter_table(operation)
        case AddColumn() | DropColumn() | AlterColumn() | RenameColumn():
            yield from _column_call(writer, operation)
        case ReorderColumns():
            raise UnsupportedOperationError(
                f"no call of its own does this: {operation}",
                hint="write it with op.batch_alter_table(…, partial_reordering=[…])",
            )
        case AddConstraint():
            yield from constraint_source.create_code(writer, operation.table, operation.constraint)
        case DropConstraint():
            yield constraint_source.drop_code(writer, operation.table, operation.constraint)
        case RenameConstraint():
            yield constraint_source.rename_code(
                writer, operation.table, operation.constraint, operation.after
            )
        case CreateIndex():
            yield index_source.create_code(
                writer, operation.table, operation.index, concurrently=operation.concurrently
            )
        case DropIndex():
            yield index_source.drop_code(
                operation.table, operation.index, concurrently=operation.concurrently
            )
        case RenameIndex():
            yield index_source.rename_code(operation.table, operation.before, operation.after)
        case RunSQL():
            yield call("op.execute", [literal(escaped(operation.sql))])
        case CreateSchema():
            yield call("op.create_schema", [literal(operation.name)])
        case DropSchema():
            yield call("op.drop_schema", [literal(operation.name)])
        case CreateView() | DropView() | ReplaceView():
            yield from declared_calls(writer, operation)
        case CreateFunction() | DropFunction() | ReplaceFunction():
            yield from declared_calls(writer, operation)
        case CreateTrigger() | DropTrigger() | ReplaceTrigger():
            yield from declared_calls(writer, operation)
        case CreateExtension() | DropExtension() | AlterExtension():
            yield from declared_calls(writer, operation)
        case _:
            yield _free_standing(operation)


def _free_standing(
    operation: CreateEnum
    | DropEnum
    | RenameEnum
    | AlterEnum
    | RenameEnumValue
    | CreateSequence
    | DropSequence
    | RenameSequence
    | AlterSequence,
) -> str:
    match operation:
        case CreateEnum():
            return _named("op.create_enum", operation.enum.name, names(operation.enum.values))
        case DropEnum():
            return _dropped("op.drop_enum", operation.enum.name, operation.if_exists)
        case RenameEnum():
            return _rename("op.rename_enum", operation)
        case AlterEnum():
            before, after = operation.before, operation.after
            keywords = {"existing_values": names(before.values), **_schema(after.name)}
            return call("op.alter_enum", [literal(after.name.name), names(after.values)], keywords)
        case RenameEnumValue():
            values = (literal(operation.before), literal(operation.after))
            return _named("op.rename_enum_value", operation.enum, *values)
        case CreateSequence():
            sequence = operation.sequence
            options = given({"data_type": sequence.type, **sequence_options(sequence)})
            keywords = {**_schema(sequence.name), **options}
            return call("op.create_sequence", [literal(sequence.name.name)], keywords)
        case DropSequence():
            return _dropped("op.drop_sequence", operation.sequence.name, operation.if_exists)
        case RenameSequence():
            return _rename("op.rename_sequence", operation)
        case AlterSequence():
            return _alter_sequence(operation)


def _alter_sequence(operation: AlterSequence) -> str:
    before = {"data_type": operation.before.type, **sequence_options(operation.before)}
    after = {"data_type": operation.after.type, **sequence_options(operation.after)}
    changed = {name: literal(value) for name, value in after.items() if value != before[name]}
    name = operation.after.name
    return call("op.alter_sequence", [literal(name.name)], {**_schema(name), **changed})


def _column_call(
    writer: SourceWriter, operation: AddColumn | DropColumn | AlterColumn | RenameColumn
) -> Iterator[str]:
    table = literal(operation.table.name)
    schema = _schema(operation.table)
    match operation:
        case AddColumn():
            keywords = dict(schema)
            if operation.backfill is not None:
                keywords["backfill"] = writer.text(operation.backfill)
            code = column_code(writer, operation.table, operation.column)
            if code is not None:
                yield call("op.add_column", [table, code], keywords)
        case DropColumn():
            yield call("op.drop_column", [table, literal(operation.column.name)], schema)
        case AlterColumn():
            arguments = [table, literal(operation.after.name)]
            yield call("op.alter_column", arguments, {**alteration(writer, operation), **schema})
        case RenameColumn():
            keywords = {"new_column_name": literal(operation.after), **schema}
            yield call("op.alter_column", [table, literal(operation.before)], keywords)


def _rename(function: str, operation: RenameTable | RenameEnum | RenameSequence) -> str:
    before, after = operation.before, operation.after
    keywords = _schema(before)
    if after.schema != before.schema:
        keywords["new_schema"] = literal(after.schema)
    if isinstance(operation, RenameTable) and operation.default_names:
        keywords["default_names"] = "True"
    return call(function, [literal(before.name), literal(after.name)], keywords)


def _named(function: str, name: QualifiedName, *arguments: str) -> str:
    return call(function, [literal(name.name), *arguments], _schema(name))


def _dropped(function: str, name: QualifiedName, if_exists: bool) -> str:
    careful = {"if_exists": "True"} if if_exists else {}
    return call(function, [literal(name.name)], {**_schema(name), **careful})


def _schema(name: QualifiedName) -> dict[str, str]:
    return given({"schema": name.schema})
