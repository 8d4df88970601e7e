"""What two schemas may differ in by spelling alone."""

from __future__ import annotations

from dataclasses import replace

from flaskmig.engine.comparing.compare import compare
from flaskmig.engine.comparing.disputes import Dispute, disputes_in
from flaskmig.schema import (
    Check,
    Column,
    Index,
    IndexPart,
    PrimaryKey,
    QualifiedName,
    Schema,
    Settings,
    Table,
    Type,
)

INTEGER = Type(sql="integer")
TABLE = Table(
    name=QualifiedName("t"),
    columns=tuple(Column(name=name, type=INTEGER) for name in ("id", "a", "b", "c", "d")),
    constraints=(PrimaryKey(columns=("id",)), Check(expression="a > b", name="ck")),
    indexes=(Index(name="ix", parts=(IndexPart(column="c"),), where="d > 0"),),
)


def disputed(after: Table) -> dict[QualifiedName, Dispute]:
    return disputes_in(compare(Schema(tables=(TABLE,)), Schema(tables=(after,))))


def names(table: Table) -> list[str]:
    return [column.name for column in table.columns]


def test_a_default_takes_its_column_alone() -> None:
    """A column that differs in its default is in dispute, with the key, and nothing else."""
    columns = tuple(replace(c, default="1") if c.name == "a" else c for c in TABLE.columns)
    after = replace(TABLE, columns=columns)
    part = disputed(after)[TABLE.name].part_of(after)
    assert names(part) == ["id", "a"]
    assert part.indexes == ()
    assert part.constraints == (PrimaryKey(columns=("id",)),)


def test_a_check_takes_the_columns_that_it_names() -> None:
    """A check that differs is in dispute with all that it mentions."""
    after = replace(TABLE, constraints=(Check(expression="a >= b", name="ck"),))
    part = disputed(after)[TABLE.name].part_of(after)
    assert names(part) == ["a", "b"]
    assert part.constraints == after.constraints


def test_an_index_takes_its_columns_and_those_of_its_condition() -> None:
    """An index that differs is in dispute with its columns and its condition's."""
    after = replace(TABLE, indexes=(replace(TABLE.indexes[0], where="d > 1"),))
    assert names(disputed(after)[TABLE.name].part_of(after)) == ["id", "c", "d"]


def test_what_only_comes_or_goes_is_not_in_dispute() -> None:
    """A part of one side alone cannot be another's other spelling."""
    assert disputed(replace(TABLE, indexes=(), constraints=TABLE.constraints[:1])) == {}
    assert disputed(replace(TABLE, columns=(*TABLE.columns, Column(name="e", type=INTEGER)))) == {}
    assert disputed(TABLE) == {}


def test_a_table_with_options_stays_whole() -> None:
    """Options may need any column, so that none is left out."""
    strict = replace(TABLE, settings=Settings(options=(("strict", True),)))
    assert Dispute(columns={"a"}).part_of(strict) == strict
