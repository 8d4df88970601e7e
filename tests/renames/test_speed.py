"""Detection does not slow the comparison of large schemas."""

from __future__ import annotations

import time

from flaskmig.engine.comparing.renames import plan_renames
from flaskmig.schema import (
    Column,
    ForeignKey,
    Index,
    IndexPart,
    PrimaryKey,
    QualifiedName,
    Schema,
    Table,
    Type,
)

INTEGER, TEXT = Type(sql="integer"), Type(sql="text")


def schema(tables: int, *, mark: str = "", renamed: int = 0) -> Schema:
    """That many tables with eight columns, a key, an index, and a key to the table before.

    In the first ones, ``renamed`` of them, a column is called otherwise.
    """
    names = ("notes" if number < renamed else "note" for number in range(tables))
    return Schema(tables=tuple(table(number, mark, name) for number, name in enumerate(names)))


def table(number: int, mark: str, column: str) -> Table:
    own = (f"field_{number}_{each}" for each in range(5))
    target = QualifiedName(f"table_{max(number - 1, 0)}{mark}")
    return Table(
        name=QualifiedName(f"table_{number}{mark}"),
        columns=(
            Column(name="id", type=INTEGER, nullable=False),
            *(Column(name=name, type=TEXT) for name in own),
            Column(name="parent_id", type=INTEGER),
            Column(name=column, type=TEXT),
        ),
        constraints=(
            PrimaryKey(columns=("id",)),
            ForeignKey(columns=("parent_id",), target=target, target_columns=("id",)),
        ),
        indexes=(Index(name=f"ix_{number}", parts=(IndexPart(column="parent_id"),)),),
    )


def seconds(before: Schema, after: Schema) -> tuple[float, int]:
    start = time.process_time()
    found = plan_renames(before, after)
    return time.process_time() - start, len(found.operations) + len(found.undecided)


def test_columns_in_a_hundred_of_a_thousand_tables() -> None:
    """A hundred renamed columns are found in a second or so."""
    spent, found = seconds(schema(1000), schema(1000, renamed=100))
    assert found == 100
    assert spent < 3


def test_three_hundred_tables_that_are_all_renamed() -> None:
    """Not every pair is looked at where there are many."""
    spent, found = seconds(schema(300), schema(300, mark="_new"))
    assert found >= 300
    assert spent < 10


def test_nothing_to_find_costs_nothing() -> None:
    """A thousand tables of which one is new."""
    before = schema(1000)
    after = Schema(tables=(*before.tables, table(1000, "", "note")))
    spent, found = seconds(before, after)
    assert found == 0
    assert spent < 0.5
