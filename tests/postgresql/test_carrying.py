"""Operations of one list stand on what the ones before them made."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa

from flaskmig.dialects.base import Before
from flaskmig.operations import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterEnum,
    CreateEnum,
    CreateIndex,
    CreateTable,
    DropColumn,
    DropConstraint,
    DropEnum,
    DropTable,
    Operation,
    RenameColumn,
    RenameConstraint,
    RenameEnum,
    RenameEnumValue,
    RenameTable,
)
from flaskmig.schema import (
    Check,
    Column,
    Enum,
    ForeignKey,
    Index,
    IndexPart,
    PrimaryKey,
    QualifiedName,
    Schema,
    Table,
    Trigger,
    Type,
    Unique,
    View,
)
from tests.postgresql.support import DIALECT, apply, column, execute, rows, table

MOOD = Enum(name=QualifiedName("mood"), values=("sad", "ok", "glad"))
REMADE = AlterEnum(before=MOOD, after=replace(MOOD, values=("ok", "sad")))
TYPE = Type(sql="mood", enum=MOOD.name)
OTHER = Enum(name=QualifiedName("other"), values=("x", "y"))

PEOPLE = table(
    "people",
    column("id", nullable=False),
    Column(name="m", type=TYPE, default="'ok'::mood"),
    Column(name="n", type=TYPE),
    constraints=(
        PrimaryKey(name="people_pkey", columns=("id",)),
        Unique(name="people_m", columns=("m",)),
        Check(name="people_n", expression="(n <> 'sad'::mood)"),
    ),
    indexes=(Index(name="i_n", parts=(IndexPart(column="id"),), where="(n = 'ok'::mood)"),),
)
PETS = table(
    "pets",
    Column(name="m", type=TYPE),
    constraints=(
        ForeignKey(
            name="pets_m", columns=("m",), target=PEOPLE.name, target_columns=("m",), not_valid=True
        ),
    ),
)
NAME = PEOPLE.name
M, N = PEOPLE.column("m"), PEOPLE.column("n")
TEXT = Type(sql="text")

LISTS: dict[str, list[Operation]] = {
    "nothing before": [REMADE],
    "table dropped": [DropTable(table=PETS), REMADE],
    "both tables dropped": [DropTable(table=PETS), DropTable(table=PEOPLE), REMADE],
    "table dropped and made anew": [
        DropTable(table=PETS),
        CreateTable(table=table("pets", column("a"))),
        REMADE,
    ],
    "column dropped": [
        DropTable(table=PETS),
        DropConstraint(table=NAME, constraint=PEOPLE.constraints[1]),
        DropColumn(table=NAME, column=M),
        REMADE,
    ],
    "type changed": [
        DropTable(table=PETS),
        AlterColumn(table=NAME, before=M, after=replace(M, type=TEXT, default="'ok'::text")),
        REMADE,
    ],
    "type changed to it": [
        AddColumn(table=NAME, column=column("x", "text")),
        AlterColumn(table=NAME, before=column("x", "text"), after=Column(name="x", type=TYPE)),
        REMADE,
    ],
    "default changed": [
        AlterColumn(table=NAME, before=N, after=replace(N, default="'sad'::mood")),
        REMADE,
    ],
    "table renamed": [
        RenameTable(before=NAME, after=QualifiedName("pets2")),
        RenameTable(before=PETS.name, after=NAME),
        RenameTable(before=QualifiedName("pets2"), after=PETS.name),
        REMADE,
    ],
    "column renamed": [
        RenameColumn(table=NAME, before="n", after="my mood"),
        RenameColumn(table=NAME, before="m", after="n"),
        REMADE,
    ],
    "enum renamed": [
        RenameEnum(before=MOOD.name, after=QualifiedName("temper")),
        AlterEnum(
            before=replace(MOOD, name=QualifiedName("temper")),
            after=replace(REMADE.after, name=QualifiedName("temper")),
        ),
    ],
    "value renamed": [
        RenameEnumValue(enum=MOOD.name, before="ok", after="fine"),
        AlterEnum(
            before=replace(MOOD, values=("sad", "fine", "glad")),
            after=replace(MOOD, values=("fine", "sad")),
        ),
    ],
    "constraints and indexes changed": [
        RenameConstraint(table=NAME, constraint=PEOPLE.constraints[2], after="c"),
        DropConstraint(table=PETS.name, constraint=PETS.constraints[0]),
        AddConstraint(table=NAME, constraint=Check(name="d", expression="(m <> 'sad'::mood)")),
        CreateIndex(
            table=NAME,
            index=Index(name="i", parts=(IndexPart(column="n"),), where="(m = 'ok'::mood)"),
        ),
        REMADE,
    ],
    "twice": [
        CreateEnum(enum=OTHER),
        CreateTable(table=table("t", Column(name="o", type=Type(sql="other", enum=OTHER.name)))),
        REMADE,
        AlterEnum(before=OTHER, after=replace(OTHER, values=("y", "x"))),
        AlterEnum(before=REMADE.after, after=replace(MOOD, values=("sad", "ok"))),
    ],
    "made, used and dropped": [
        CreateEnum(enum=OTHER),
        AddColumn(table=NAME, column=Column(name="o", type=Type(sql="other", enum=OTHER.name))),
        AlterEnum(before=OTHER, after=replace(OTHER, values=("y",))),
        DropColumn(table=NAME, column=Column(name="o", type=Type(sql="other", enum=OTHER.name))),
        DropEnum(enum=replace(OTHER, values=("y",))),
    ],
}


@pytest.mark.parametrize("case", LISTS)
def test_an_enum_is_made_anew_after_other_operations(
    case: str, postgresql_engine: sa.Engine
) -> None:
    """The making of the type must meet the tables as the operations before it leave them."""
    before = apply(
        postgresql_engine,
        [CreateEnum(enum=MOOD), CreateTable(table=PEOPLE), CreateTable(table=PETS)],
    )
    execute(postgresql_engine, "INSERT INTO people VALUES (1, 'ok', 'ok')")
    expected = before
    for operation in LISTS[case]:
        expected = operation.apply(expected)
    found = apply(postgresql_engine, LISTS[case])
    assert _without_expressions(found) == _without_expressions(expected)
    for found_table in found.tables:
        if found_table.has_column("id"):
            query = f'SELECT id FROM "{found_table.name.name}"'
            assert rows(postgresql_engine, query) == [(1,)]


def _without_expressions(schema: Schema) -> Schema:
    """What a rename alone makes of expressions is the server's to say."""
    return schema.with_tables(
        replace(
            each,
            constraints=tuple(
                replace(c, expression="") if isinstance(c, Check) else c for c in each.constraints
            ),
            indexes=tuple(replace(i, where=None) for i in each.indexes),
        )
        for each in schema.tables
    )


def test_a_constraint_without_a_name_is_found_where_it_is_by_then(
    postgresql_engine: sa.Engine,
) -> None:
    """One that an operation before renamed, or whose table or column it did, must be found."""
    plain = table("t", column("a"), constraints=(Unique(name="u", columns=("a",)),))
    apply(postgresql_engine, [CreateTable(table=plain)])
    after = QualifiedName("t2")
    found = apply(
        postgresql_engine,
        [
            RenameTable(before=plain.name, after=after),
            RenameColumn(table=after, before="a", after="b"),
            RenameConstraint(table=after, constraint=plain.constraints[0], after="v"),
            DropConstraint(table=after, constraint=Unique(columns=("b",))),
        ],
    )
    assert found.tables[0].constraints == ()


def test_a_column_called_like_its_enum_keeps_its_name(postgresql_engine: sa.Engine) -> None:
    """Where an enum or a value is renamed, expressions must follow in that alone."""
    made = table(
        "t",
        Column(name="mood", type=TYPE, default="'ok'::mood"),
        column("note", "text"),
        constraints=(Check(name="c", expression="((mood <> 'ok'::mood) OR (note = 'ok'::text))"),),
        indexes=(Index(name="i", parts=(IndexPart(column="note"),), where="(mood > 'ok'::mood)"),),
    )
    before = apply(postgresql_engine, [CreateEnum(enum=MOOD), CreateTable(table=made)])
    operations: list[Operation] = [
        RenameEnumValue(enum=MOOD.name, before="ok", after="it's"),
        RenameEnum(before=MOOD.name, after=QualifiedName("my mood")),
    ]
    expected = before
    for operation in operations:
        expected = operation.apply(expected)
    assert apply(postgresql_engine, operations) == expected
    for operation in reversed(operations):
        expected = operation.reverse().apply(expected)
    assert expected == before


class Untouchable:
    """A database that nobody may look at."""

    def find_table(self, name: QualifiedName) -> Table | None:
        raise AssertionError(f"table {name} was looked up")

    def find_enum(self, name: QualifiedName) -> Enum | None:
        raise AssertionError(f"enum {name} was looked up")

    def find_sequence(self, name: QualifiedName) -> None:
        raise AssertionError(f"sequence {name} was looked up")

    def table(self, name: QualifiedName) -> Table:
        raise AssertionError(f"table {name} was looked up")

    def tables_using(self, enum: QualifiedName) -> list[Table]:
        raise AssertionError(f"users of {enum} were looked up")

    def find_view(self, name: QualifiedName) -> None:
        raise AssertionError(f"view {name} was looked up")

    def views_reading(self, relation: QualifiedName) -> list[View]:
        raise AssertionError(f"views on {relation} were looked up")

    def triggers_of(self, table: QualifiedName) -> list[Trigger]:
        raise AssertionError(f"triggers of {table} were looked up")


def test_nothing_is_looked_up_that_no_statement_needs() -> None:
    """Operations that say all themselves must not cost a query of the catalogue."""
    nothing: Before = Untouchable()
    operations: list[Operation] = [
        CreateEnum(enum=MOOD),
        CreateTable(table=PEOPLE),
        RenameTable(before=NAME, after=QualifiedName("p")),
        AddColumn(table=QualifiedName("p"), column=column("x", "text")),
        AlterEnum(before=MOOD, after=replace(MOOD, values=(*MOOD.values, "new"))),
        DropConstraint(table=QualifiedName("p"), constraint=PEOPLE.constraints[1]),
        DropConstraint(table=QualifiedName("p"), constraint=PrimaryKey(columns=("id",))),
        DropTable(table=PETS),
    ]
    assert DIALECT.statements(operations, nothing)
