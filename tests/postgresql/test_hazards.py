"""What is said to be risky: by its name, and only where it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flaskmig.dialects.base import Hazard
from flaskmig.operations import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateIndex,
    CreateTable,
    DropColumn,
    Operation,
)
from flaskmig.schema import (
    Check,
    Column,
    ForeignKey,
    Generated,
    Identity,
    Index,
    IndexPart,
    QualifiedName,
    Schema,
    Type,
    Unique,
)
from tests.postgresql.support import DIALECT, column, table

T = QualifiedName("t")
OLD = table("t", column("a", "text"), column("b"))
TARGET = table("p", column("id", nullable=False))
KEY = ForeignKey(name="fk", columns=("c",), target=TARGET.name, target_columns=("id",))
DOUBLE = column("g", generated=Generated(expression="(b * 2)"))


def hazards(*operations: Operation) -> list[Hazard]:
    before = Schema(tables=(OLD, TARGET))
    return [h for s in DIALECT.statements(operations, before) for h in s.hazards]


def retyped(before: str, after: str, using: str | None = None) -> AlterColumn:
    old = column("a", before)
    return AlterColumn(table=T, before=old, after=replace(old, type=Type(sql=after)), using=using)


@pytest.mark.parametrize(
    ("operation", "named"),
    [
        (AddColumn(table=T, column=DOUBLE), ("t", "g")),
        (AddColumn(table=T, column=column("r", default="random()")), ("t", "r")),
        (AlterColumn(table=T, before=column("b"), after=column("b", nullable=False)), ("t", "b")),
        (AddColumn(table=T, column=column("n", nullable=False), backfill="1"), ("t", "n")),
        (retyped("text", "integer"), ("t", "a")),
        (AddConstraint(table=T, constraint=Check(name="ck", expression="b > 0")), ("t", "ck")),
        (AddConstraint(table=T, constraint=Unique(name="uq", columns=("b",))), ("t", "uq")),
        (CreateIndex(table=T, index=Index(name="ix", parts=(IndexPart(column="b"),))), ("t", "ix")),
        (DropColumn(table=T, column=column("a", "text")), ("t", "a")),
    ],
)
def test_a_hazard_names_what_it_is_about(operation: Operation, named: tuple[str, str]) -> None:
    """Each message must have the table's name, and that of the column, key or index."""
    found = hazards(operation)
    assert found
    for hazard in found:
        words = set(hazard.message.replace(".", " ").replace(":", " ").replace(",", " ").split())
        assert words.issuperset(named), hazard


def test_a_key_of_a_new_table_reads_no_rows() -> None:
    """Constraints of a table made by the same list must be free of hazards, foreign keys too."""
    made = table("n", column("c"))
    index = Index(name="ix", parts=(IndexPart(column="c"),))
    assert not hazards(
        CreateTable(table=made),
        AddConstraint(table=made.name, constraint=KEY),
        AddConstraint(table=made.name, constraint=Unique(columns=("c",))),
        AddConstraint(table=made.name, constraint=Check(expression="c > 0")),
        CreateIndex(table=made.name, index=index),
    )


@pytest.mark.parametrize("between", [[], [AddColumn(table=T, column=column("c"))]])
def test_a_foreign_key_on_a_table_that_is_there(between: list[Operation]) -> None:
    """It is a hazard: every row is read, also where the column is new and has no values."""
    found = hazards(*between, AddConstraint(table=T, constraint=KEY))
    assert [hazard.code for hazard in found] == ["scan"]


@pytest.mark.parametrize(
    "new",
    [
        DOUBLE,
        column("n", nullable=False, autoincrement=True),
        column("n", nullable=False, identity=Identity()),
    ],
)
def test_what_fills_itself_is_not_filled_in_batches(new: Column) -> None:
    """Generated and numbered columns must not be told to be filled by hand."""
    (hazard,) = hazards(AddColumn(table=T, column=new))
    assert hazard.code == "rewrite"
    assert "batches" not in hazard.instead


def test_a_generated_column_loses_nothing() -> None:
    """Dropping one must not be called a loss: its values can be computed again."""
    assert not hazards(DropColumn(table=T, column=DOUBLE))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("numeric(10,2)", "numeric(14,4)"),
        ("numeric(10,2)[]", "numeric(14,4)[]"),
        ("numeric(10,2)", "numeric"),
        ("integer", "numeric(12,2)"),
        ("integer", "text"),
        ("character varying(20)", "text"),
        ("text", "json"),
    ],
)
def test_a_wider_type_loses_nothing(before: str, after: str) -> None:
    """Where every value stays what it is, no data_loss must be told."""
    assert "data_loss" not in {hazard.code for hazard in hazards(retyped(before, after))}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("character varying(20)", "integer", "'0007' becomes 7"),
        ("text", "bigint", "'0007' becomes 7"),
        ("text", "jsonb", "values are read as jsonb"),
        ("text", "date", "values are read as date"),
        ("text[]", "integer[]", "values are read as integer[]"),
        ("numeric(10,2)", "numeric(12,6)", "may change or refuse"),
        ("numeric(10,2)", "numeric(12,1)", "may change or refuse"),
        ("bigint", "numeric(12,0)", "may change or refuse"),
        ("integer", "boolean", "may change or refuse"),
        ("character varying(20)", "character varying(10)", "may change or refuse"),
    ],
)
def test_a_type_that_keeps_less_is_told(before: str, after: str, said: str) -> None:
    """Parsing and narrowing conversions must be a data_loss that says what becomes of values."""
    (found,) = [h for h in hazards(retyped(before, after)) if h.code == "data_loss"]
    assert said in found.message


def test_a_conversion_of_ones_own_is_not_described() -> None:
    """With a USING expression nobody but its author knows what becomes of the values."""
    found = hazards(retyped("text", "integer", using="length(a)"))
    (loss,) = [h for h in found if h.code == "data_loss"]
    assert "0007" not in loss.message
