"""Detection does not slow the comparison of large schemas: its work is counted, not timed."""

from __future__ import annotations

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
from tests.growth import calls

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


def found(before: Schema, after: Schema) -> int:
    plan = plan_renames(before, after)
    return len(plan.operations) + len(plan.undecided)


def test_columns_in_a_tenth_of_the_tables() -> None:
    """All renamed columns of a large schema are found, and few pairs of them are looked at."""
    before, after = schema(400), schema(400, renamed=40)
    assert found(before, after) == 40
    assert calls(lambda: found(before, after)) < 600_000


def test_tables_that_are_all_renamed() -> None:
    """Not every pair is looked at closely where there are many."""
    before, after = schema(200), schema(200, mark="_new")
    assert found(before, after) >= 200
    assert calls(lambda: found(before, after)) < 2_000_000


def test_nothing_to_find_costs_nothing() -> None:
    """A thousand tables of which one is new take no more work than a few for each table."""
    before = schema(1000)
    after = Schema(tables=(*before.tables, table(1000, "", "note")))
    assert found(before, after) == 0
    assert calls(lambda: found(before, after)) < 100 * 1000
