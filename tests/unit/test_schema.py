"""The data model: fixed orders, look-ups, and edits that return a new schema."""

from __future__ import annotations

import pytest

from flaskmig.errors import ObjectExistsError, ObjectNotFoundError
from flaskmig.schema import (
    Check,
    Column,
    Enum,
    Exclude,
    ExcludeElement,
    ForeignKey,
    Index,
    IndexPart,
    PrimaryKey,
    QualifiedName,
    Schema,
    Source,
    Table,
    Type,
    Unique,
    constraint_columns,
    constraint_kind,
    describe_constraint,
)

INTEGER = Type(sql="INTEGER")
A, B = QualifiedName("a"), QualifiedName("b")


def test_names_sort_by_schema_then_name() -> None:
    """Names without a schema come first, and a name prints with its schema."""
    names = [QualifiedName("a", "z"), QualifiedName("b"), QualifiedName("c", "y")]
    assert [str(name) for name in sorted(names)] == ["b", "y.c", "z.a"]


def test_the_source_of_a_type_is_not_compared() -> None:
    """Two types of one spelling are equal, whichever Python made them."""
    assert Type(sql="INTEGER", source=Source("sa.Integer()")) == INTEGER


def test_collections_keep_a_fixed_order() -> None:
    """Tables, constraints and indexes come out sorted, whatever order they went in."""
    part = (IndexPart(column="x"),)
    table = Table(
        name=B,
        constraints=(Check(expression="x > 1"), Unique(columns=("x",)), PrimaryKey(columns=("x",))),
        indexes=(Index(name="j", parts=part), Index(name="i", parts=part)),
    )
    schema = Schema(tables=(table, Table(name=A)), schemas=("z", "y"))
    assert [constraint_kind(c) for c in table.constraints] == ["primary", "unique", "check"]
    assert [index.name for index in table.indexes] == ["i", "j"]
    assert [found.name for found in schema.tables] == [A, B]
    assert schema.schemas == ("y", "z")


def test_columns_keep_their_own_order() -> None:
    """The order of columns is part of a table."""
    columns = (Column(name="b", type=INTEGER), Column(name="a", type=INTEGER))
    assert Table(name=A, columns=columns).columns == columns


def test_what_is_not_there_is_said_by_name() -> None:
    """Looking up a missing table, enum, sequence, column or index raises with its name."""
    schema = Schema(tables=(Table(name=A),))
    for look in (
        lambda: schema.table(B),
        lambda: schema.enum(B),
        lambda: schema.sequence(B),
        lambda: schema.table(A).column("b"),
        lambda: schema.table(A).index("b"),
        lambda: schema.without_object(Table(name=B)),
        lambda: schema.with_replaced(Enum(name=B, values=()), Enum(name=B, values=())),
    ):
        with pytest.raises(ObjectNotFoundError, match="b"):
            look()


def test_two_objects_cannot_have_one_name() -> None:
    """Adding or renaming to a name that is taken raises ObjectExistsError."""
    schema = Schema(tables=(Table(name=A), Table(name=B)))
    with pytest.raises(ObjectExistsError):
        schema.with_object(Table(name=A))
    with pytest.raises(ObjectExistsError):
        schema.with_replaced(Table(name=A), Table(name=B))


def test_an_enum_may_share_a_name_with_a_table() -> None:
    """Each kind of object is looked up by itself."""
    schema = Schema(tables=(Table(name=A),)).with_object(Enum(name=A, values=("x",)))
    assert schema.enum(A).values == ("x",)
    assert schema.table(A).columns == ()


def test_constraints_are_described_by_what_they_are() -> None:
    """Every kind of constraint has columns and a description, with its name where it has one."""
    exclude = Exclude(elements=(ExcludeElement(column="x", operator="&&"),))
    key = ForeignKey(columns=("x",), target=B, target_columns=("id",), name="fk")
    assert constraint_columns(exclude) == ("x",)
    assert constraint_columns(Check(expression="x > 1")) == ()
    assert constraint_columns(PrimaryKey(columns=("x",), include=("y",))) == ("x", "y")
    assert describe_constraint(key) == "fk: foreign key (x) to b"
    assert describe_constraint(exclude) == "exclude (x WITH &&)"
    assert describe_constraint(Check(expression="x > 1")) == "check (x > 1)"
    assert describe_constraint(Unique(columns=("x", "y"))) == "unique (x, y)"
    assert describe_constraint(PrimaryKey(columns=("x",))) == "primary key (x)"


def test_a_foreign_key_is_described_with_its_rules() -> None:
    """Two keys of the same columns that differ read differently."""
    key = ForeignKey(columns=("x",), target=B, target_columns=("id",), on_delete="SET NULL")
    assert describe_constraint(key) == "foreign key (x) to b (ON DELETE SET NULL)"
    late = ForeignKey(
        columns=("x",),
        target=B,
        target_columns=("id",),
        on_delete="CASCADE",
        on_update="CASCADE",
        match="FULL",
        deferrable=True,
        initially_deferred=True,
        not_valid=True,
    )
    assert describe_constraint(late) == (
        "foreign key (x) to b (ON DELETE CASCADE, ON UPDATE CASCADE, MATCH FULL, "
        "DEFERRABLE INITIALLY DEFERRED, NOT VALID)"
    )
