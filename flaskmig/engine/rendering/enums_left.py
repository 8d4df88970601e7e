"""Enum types that nobody drops: those that a database with enums made along with a column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from flaskmig.engine.rendering.python_source import call, literal
from flaskmig.engine.rendering.source_writer import given
from flaskmig.operations import DropColumn, DropTable, Operation
from flaskmig.schema import Column, QualifiedName, Schema


def drop_left_enums(operations: Sequence[Operation], before: Schema) -> Iterator[str]:
    """Calls that drop the enum types whose last columns the operations drop.

    They are for a file that is written against a database without enum types and runs on one
    with them too: there ``op.create_table`` makes the type of a ``sa.Enum``, and
    ``op.drop_table`` leaves it. Counted are the columns of which the models say that they have
    the type; if any of them stays, so does the type.
    """
    held = _count(column for table in before.tables for column in table.columns)
    dropped = _count(_dropped(operations))
    for enum in sorted(dropped):
        if dropped[enum] == held[enum]:
            keywords = {**given({"schema": enum.schema}), "if_exists": "True"}
            yield call("op.drop_enum", [literal(enum.name)], keywords)


def _count(columns: Iterable[Column]) -> Counter[QualifiedName]:
    sources = (column.type.source for column in columns)
    return Counter(source.enum for source in sources if source and source.enum)


def _dropped(operations: Iterable[Operation]) -> Iterator[Column]:
    for operation in operations:
        if isinstance(operation, DropTable):
            yield from operation.table.columns
        elif isinstance(operation, DropColumn):
            yield operation.column
