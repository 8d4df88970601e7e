"""Comparing: what is a difference, what is none, and which operations say it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flaskmig.engine.comparing.compare import compare
from flaskmig.operations import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterEnum,
    AlterSequence,
    AlterTable,
    CreateEnum,
    CreateIndex,
    CreateSchema,
    CreateSequence,
    CreateTable,
    DropColumn,
    DropConstraint,
    DropEnum,
    DropIndex,
    DropSchema,
    DropSequence,
    DropTable,
    RenameConstraint,
    RenameIndex,
)
from flaskmig.schema import (
    Check,
    Column,
    Constraint,
    Enum,
    Exclude,
    ExcludeElement,
    ForeignKey,
    Generated,
    Index,
    IndexPart,
    PrimaryKey,
    QualifiedName,
    Schema,
    Sequence,
    Settings,
    Table,
    Type,
    Unique,
)

INTEGER, BIGINT, TEXT = Type(sql="integer"), Type(sql="bigint"), Type(sql="text")
T, S = QualifiedName("t"), QualifiedName("s")
ID = Column(name="id", type=INTEGER)
A = Column(name="a", type=INTEGER)
B = Column(name="b", type=INTEGER)
PART = (IndexPart(column="a"),)


def schema(
    *constraints: Constraint,
    columns: tuple[Column, ...] = (ID, A, B),
    indexes: tuple[Index, ...] = (),
    tables: tuple[Table, ...] = (),
) -> Schema:
    table = Table(name=T, columns=columns, constraints=constraints, indexes=indexes)
    return Schema(tables=(table, *tables))


def spaces_apart(before: str | None, after: str | None) -> bool:
    return (before or "").replace(" ", "") == (after or "").replace(" ", "")


def test_the_same_schema_has_no_difference() -> None:
    """A schema compared with itself, and with an equal one, gives nothing."""
    one = schema(PrimaryKey(columns=("id",)))
    assert compare(one, one) == []
    assert compare(one, schema(PrimaryKey(columns=("id",)))) == []


def test_the_order_of_columns_is_no_difference() -> None:
    """Columns in another order are the same columns."""
    assert compare(schema(), schema(columns=(B, A, ID))) == []


def test_whole_objects_come_and_go() -> None:
    """Schemas, enums, sequences and tables of one side only are made or dropped."""
    enum, sequence = Enum(name=S, values=("x",)), Sequence(name=S)
    full = Schema(tables=(Table(name=T),), enums=(enum,), sequences=(sequence,), schemas=("app",))
    assert set(compare(Schema(), full)) == {
        CreateSchema(name="app"),
        CreateEnum(enum=enum),
        CreateSequence(sequence=sequence),
        CreateTable(table=Table(name=T)),
    }
    assert set(compare(full, Schema())) == {
        DropSchema(name="app"),
        DropEnum(enum=enum),
        DropSequence(sequence=sequence),
        DropTable(table=Table(name=T)),
    }


def test_enums_sequences_and_settings_are_altered() -> None:
    """What keeps its name and differs is altered, holding both states."""
    enum, sequence = Enum(name=S, values=("x",)), Sequence(name=S)
    before = Schema(tables=(Table(name=T),), enums=(enum,), sequences=(sequence,))
    settings = Settings(comment="new")
    after = Schema(
        tables=(Table(name=T, settings=settings),),
        enums=(replace(enum, values=("y", "x")),),
        sequences=(replace(sequence, start=5),),
    )
    assert set(compare(before, after)) == {
        AlterEnum(before=enum, after=after.enums[0]),
        AlterSequence(before=sequence, after=after.sequences[0]),
        AlterTable(table=T, before=Settings(), after=settings),
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"type": BIGINT},
        {"nullable": False},
        {"default": "1"},
        {"collation": "C"},
        {"comment": "x"},
        {"autoincrement": True},
        {"type": TEXT, "nullable": False, "default": "'x'"},
    ],
    ids=lambda changes: "+".join(changes),
)
def test_a_changed_column_is_altered_once(changes: dict[str, object]) -> None:
    """However much of a column changes, one operation says it, and names just that."""
    after = replace(A, **changes)  # type: ignore[arg-type]
    (operation,) = compare(schema(), schema(columns=(ID, after, B)))
    assert operation == AlterColumn(table=T, before=A, after=after)
    assert isinstance(operation, AlterColumn)
    assert set(operation.changed) == set(changes)


def test_equivalent_expressions_are_no_difference() -> None:
    """Defaults, checks, generated columns and indexes are compared by what ``equivalent`` says."""

    def spelled(space: str) -> Schema:
        text = f"a{space}+{space}1"
        generated = Generated(expression=text)
        exclude = Exclude(elements=(ExcludeElement(expression=text, operator="="),), where=text)
        part = IndexPart(expression=text)
        return schema(
            Check(expression=text, name="c"),
            Check(expression=f"{text} "),
            exclude,
            columns=(
                A,
                replace(B, default=text),
                Column(name="g", type=INTEGER, generated=generated),
            ),
            indexes=(Index(name="i", parts=(part,), where=text),),
        )

    assert compare(spelled(""), spelled(" "), equivalent=spaces_apart) == []
    assert len(compare(spelled(""), spelled(" "))) > 0


def test_an_equivalent_default_is_not_said_to_change() -> None:
    """When something else of the column changes, its old spelling of the default stays."""
    before, after = replace(A, default="1+1"), replace(A, default="1 + 1", nullable=False)
    (operation,) = compare(
        schema(columns=(before,)), schema(columns=(after,)), equivalent=spaces_apart
    )
    assert isinstance(operation, AlterColumn)
    assert operation.changed == ("nullable",)


def test_a_changed_generated_column_is_made_anew() -> None:
    """A new expression drops and adds the column, with the indexes and keys that it carries."""
    old = Column(name="g", type=INTEGER, generated=Generated(expression="a * 2"))
    new = replace(old, generated=Generated(expression="a * 3"))
    index = Index(name="i", parts=(IndexPart(column="g"),))
    check = Check(expression="g > 0")
    before = schema(check, columns=(A, old), indexes=(index,))
    after = schema(check, columns=(A, new), indexes=(index,))
    assert set(compare(before, after)) == {
        DropIndex(table=T, index=index),
        DropConstraint(table=T, constraint=check),
        DropColumn(table=T, column=old),
        AddColumn(table=T, column=new),
        AddConstraint(table=T, constraint=check),
        CreateIndex(table=T, index=index),
    }


def test_a_dropped_expression_is_an_alteration() -> None:
    """A generated column that becomes a plain one keeps its values."""
    old = Column(name="g", type=INTEGER, generated=Generated(expression="a * 2"))
    plain = replace(old, generated=None)
    (operation,) = compare(schema(columns=(A, old)), schema(columns=(A, plain)))
    assert operation == AlterColumn(table=T, before=old, after=plain)


def test_a_generated_column_makes_way_for_the_column_it_is_made_of() -> None:
    """When a column is retyped, generated columns made of it are dropped and added."""
    made = Column(name="g", type=INTEGER, generated=Generated(expression="a * 2"))
    wide = replace(A, type=BIGINT)
    found = compare(schema(columns=(A, made)), schema(columns=(wide, made)))
    assert set(found) == {
        DropColumn(table=T, column=made),
        AlterColumn(table=T, before=A, after=wide),
        AddColumn(table=T, column=made),
    }


def test_a_dropped_column_loses_its_index_by_an_operation_of_its_own() -> None:
    """The index is dropped explicitly, so that the reverse can make it again."""
    index = Index(name="i", parts=PART)
    found = compare(schema(indexes=(index,)), schema(columns=(ID, B)))
    assert set(found) == {DropIndex(table=T, index=index), DropColumn(table=T, column=A)}


@pytest.mark.parametrize(
    "constraint",
    [
        PrimaryKey(columns=("a",)),
        Unique(columns=("a", "b")),
        Check(expression="a > 1"),
        ForeignKey(columns=("a",), target=T, target_columns=("id",)),
        Exclude(elements=(ExcludeElement(column="a", operator="="),)),
    ],
    ids=lambda constraint: type(constraint).__name__,
)
def test_constraints_are_matched_by_what_they_are(constraint: Constraint) -> None:
    """Without a wanted name any alike one will do; with another name it is renamed."""
    named, other = replace(constraint, name="one"), replace(constraint, name="two")
    assert compare(schema(named), schema(constraint)) == []
    assert compare(schema(named), schema(other)) == [
        RenameConstraint(table=T, constraint=named, after="two")
    ]
    assert compare(schema(constraint), schema(named)) == [
        RenameConstraint(table=T, constraint=constraint, after="one")
    ]
    assert compare(schema(), schema(constraint)) == [AddConstraint(table=T, constraint=constraint)]


def test_a_constraint_of_the_same_name_and_another_shape_is_made_anew() -> None:
    """A name is not enough to be the same constraint."""
    before, after = Unique(columns=("a",), name="u"), Unique(columns=("b",), name="u")
    assert set(compare(schema(before), schema(after))) == {
        DropConstraint(table=T, constraint=before),
        AddConstraint(table=T, constraint=after),
    }


def test_the_columns_of_a_key_have_an_order() -> None:
    """A unique key on (a, b) is not one on (b, a)."""
    assert len(compare(schema(Unique(columns=("a", "b"))), schema(Unique(columns=("b", "a"))))) == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"unique": True},
        {"where": "a > 1"},
        {"include": ("b",)},
        {"method": "hash"},
        {"nulls_not_distinct": True},
        {"options": (("fillfactor", "70"),)},
        {"parts": (IndexPart(column="a", descending=True),)},
        {"parts": (IndexPart(column="a", opclass="int4_ops"),)},
        {"parts": (IndexPart(column="a", nulls="first"),)},
    ],
    ids=str,
)
def test_every_option_of_an_index_is_seen(changes: dict[str, object]) -> None:
    """An index that differs in anything but its name is dropped and made."""
    before = Index(name="i", parts=PART)
    after = replace(before, **changes)  # type: ignore[arg-type]
    assert set(compare(schema(indexes=(before,)), schema(indexes=(after,)))) == {
        DropIndex(table=T, index=before),
        CreateIndex(table=T, index=after),
    }


def test_an_index_under_another_name_is_renamed() -> None:
    """Only the name changed, so the index is not built again."""
    before, after = Index(name="i", parts=PART), Index(name="j", parts=PART)
    assert compare(schema(indexes=(before,)), schema(indexes=(after,))) == [
        RenameIndex(table=T, before="i", after="j")
    ]


def test_the_way_back_of_a_condition_is_one_for_both_databases() -> None:
    """An index that goes has its condition elsewhere too, where the models give it one there."""
    before = Index(name="i", parts=PART, unique=True, where="a > 1")
    after = replace(before, where="a > 2", elsewhere=replace(before, where="a > 3"))
    current = Schema(tables=(Table(name=T, columns=(A,), indexes=(before,)),))
    desired = Schema(tables=(Table(name=T, columns=(A,), indexes=(after,)),))
    (dropped,) = (op for op in compare(current, desired) if isinstance(op, DropIndex))
    assert dropped.index.elsewhere == before


def test_indexes_of_two_tables_that_swap_names_are_made_anew() -> None:
    """No name is free to rename to, so they are dropped and made."""

    def swapped(first: str, second: str) -> Schema:
        other = Table(name=S, columns=(A,), indexes=(Index(name=second, parts=PART),))
        return schema(indexes=(Index(name=first, parts=PART),), tables=(other,))

    found = compare(swapped("i", "j"), swapped("j", "i"))
    assert {type(operation) for operation in found} == {DropIndex, CreateIndex}
    assert len(found) == 4


def test_a_foreign_key_makes_way_when_its_key_is_made_anew() -> None:
    """A foreign key in an unchanged table is dropped and added around a change of its key."""
    key = ForeignKey(columns=("a",), target=T, target_columns=("id",), name="f")
    child = Table(name=S, columns=(A,), constraints=(key,))
    before = schema(PrimaryKey(columns=("id",), name="p"), tables=(child,))
    after = schema(PrimaryKey(columns=("id",), name="p", include=("b",)), tables=(child,))
    found = compare(before, after)
    assert DropConstraint(table=S, constraint=key) in found
    assert AddConstraint(table=S, constraint=key) in found
    assert len(found) == 4


def test_a_foreign_key_makes_way_when_both_its_ends_change_their_type() -> None:
    """Between integer and text on both sides no foreign key can stand; a wider integer can."""
    key = ForeignKey(columns=("a",), target=T, target_columns=("id",), name="f")

    def typed(type_: Type) -> Schema:
        child = Table(name=S, columns=(replace(A, type=type_),), constraints=(key,))
        return schema(
            PrimaryKey(columns=("id",)), columns=(replace(ID, type=type_),), tables=(child,)
        )

    assert len(compare(typed(INTEGER), typed(TEXT))) == 4
    assert len(compare(typed(INTEGER), typed(BIGINT))) == 2
