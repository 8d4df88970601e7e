"""Ordering: what must come first, and what stands together."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from flaskmig.engine.comparing.compare import compare
from flaskmig.engine.comparing.cycles import links_to_cut
from flaskmig.engine.comparing.order import order
from flaskmig.operations import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterEnum,
    AlterTable,
    CreateEnum,
    CreateIndex,
    CreateSchema,
    CreateSequence,
    CreateTable,
    DropColumn,
    DropConstraint,
    DropIndex,
    DropTable,
    Operation,
    RenameColumn,
    RenameTable,
)
from flaskmig.schema import (
    Check,
    Column,
    Enum,
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

INTEGER = Type(sql="integer")
ID = Column(name="id", type=INTEGER, nullable=False)
MOOD = QualifiedName("mood")


def table(name: str, *targets: str, schema: str | None = None) -> Table:
    """A table with a key, and a foreign key to each of the targets."""
    columns = tuple(Column(name=f"{target}_id", type=INTEGER) for target in targets)
    keys = tuple(
        ForeignKey(columns=(f"{target}_id",), target=QualifiedName(target), target_columns=("id",))
        for target in targets
    )
    return Table(
        name=QualifiedName(name, schema),
        columns=(ID, *columns),
        constraints=(PrimaryKey(columns=("id",)), *keys),
    )


def between(before: Schema, after: Schema) -> list[str]:
    return [str(operation) for operation in order(compare(before, after))]


def test_tables_are_made_after_those_they_point_at() -> None:
    """Foreign keys decide, whatever the names."""
    full = Schema(tables=(table("a", "b", "c"), table("b", "c"), table("c", "c")))
    assert between(Schema(), full) == ["create table c", "create table b", "create table a"]
    assert between(full, Schema()) == ["drop table a", "drop table b", "drop table c"]


def test_one_foreign_key_is_taken_out_of_a_ring() -> None:
    """Two tables that point at each other are made whole but for one foreign key."""
    full = Schema(tables=(table("a", "b"), table("b", "a")))
    assert between(Schema(), full) == [
        "create table a",
        "create table b",
        "add constraint foreign key (b_id) to b on a",
    ]
    assert len(between(full, Schema())) == 3
    assert between(full, Schema())[0].startswith("drop constraint")


def test_tables_beside_a_ring_stay_whole() -> None:
    """Only a foreign key that closes a ring is taken out."""
    full = Schema(tables=(table("a", "b"), table("b", "c"), table("c", "b"), table("d", "a")))
    operations = order(compare(Schema(), full))
    assert sum(isinstance(operation, AddConstraint) for operation in operations) == 1
    assert CreateTable(table=table("a", "b")) in operations
    assert CreateTable(table=table("d", "a")) in operations


def test_links_are_cut_until_no_ring_is_left() -> None:
    """Two rings that share a table lose one link each, and the same ones every time."""
    a, b, c = map(QualifiedName, "abc")
    links = {a: {b}, b: {a, c}, c: {b}}
    expected = links_to_cut(links)
    assert len(expected) == 2
    assert links_to_cut(dict(reversed(links.items()))) == expected


def test_what_a_table_needs_is_there_before_it() -> None:
    """Schema, enum and sequence come before the table that uses them, and go after it."""
    kind = QualifiedName("kind", "app")
    numbers = QualifiedName("numbers", "app")
    columns = (
        Column(name="kind", type=Type(sql="app.kind", enum=kind)),
        Column(name="number", type=INTEGER, sequence=numbers),
    )
    full = Schema(
        tables=(Table(name=QualifiedName("t", "app"), columns=columns),),
        enums=(Enum(name=kind, values=("x",)),),
        sequences=(Sequence(name=numbers),),
        schemas=("app",),
    )
    made = order(compare(Schema(), full))
    assert [type(operation) for operation in made] == [
        CreateSchema,
        CreateEnum,
        CreateSequence,
        CreateTable,
    ]
    assert between(full, Schema())[0] == "drop table app.t"
    assert between(full, Schema())[-1] == "drop schema app"


def test_operations_on_one_table_stand_together() -> None:
    """Independent changes of two tables do not alternate."""
    before = Schema(tables=(table("a"), table("b")))
    extra = Column(name="x", type=INTEGER)
    index = Index(name="i", parts=(IndexPart(column="x"),))
    after = before.with_tables(
        replace(
            found,
            columns=(*found.columns, extra),
            indexes=(replace(index, name=f"i_{found.name}"),),
        )
        for found in before.tables
    )
    assert between(before, after) == [
        "add column a.x",
        "create index i_a on a",
        "add column b.x",
        "create index i_b on b",
    ]


def test_an_index_is_dropped_before_another_table_takes_its_name() -> None:
    """Names of indexes are shared by all tables of a schema."""
    index = Index(name="i", parts=(IndexPart(column="id"),))
    with_a = Schema(tables=(replace(table("z"), indexes=(index,)), table("a")))
    with_b = Schema(tables=(table("z"), replace(table("a"), indexes=(index,))))
    assert between(with_a, with_b) == ["drop index i on z", "create index i on a"]


def test_a_table_takes_the_name_of_a_dropped_sequence() -> None:
    """Tables, sequences, indexes and types of one schema share their names."""
    name = QualifiedName("a")
    before, after = Schema(sequences=(Sequence(name=name),)), Schema(tables=(table("a"),))
    assert between(before, after) == ["drop sequence a", "create table a"]
    assert between(after, before) == ["drop table a", "create sequence a"]


def test_type_key_and_index_of_one_column_change_together() -> None:
    """Key and index go, the column changes, and the new ones come."""

    def state(sql: str, key: str, index: str) -> Schema:
        return Schema(
            tables=(
                Table(
                    name=QualifiedName("t"),
                    columns=(Column(name="x", type=Type(sql=sql)), ID),
                    constraints=(Unique(columns=("x", "id") if key else ("x",), name="u"),),
                    indexes=(Index(name="i", parts=(IndexPart(column="x"),), where=index),),
                ),
            )
        )

    assert between(state("integer", "", "x > 1"), state("text", "id", "x > '1'")) == [
        "drop constraint u: unique (x) on t",
        "drop index i on t",
        "alter column t.x (type)",
        "add constraint u: unique (x, id) on t",
        "create index i on t",
    ]


@pytest.mark.parametrize("counts", [True, False])
def test_autoincrement_and_row_numbers(counts: bool) -> None:
    """SQLite has no AUTOINCREMENT without row numbers, so never both at once."""
    name = QualifiedName("t")
    key = Column(name="id", type=Type(sql="INTEGER"))
    counted = replace(key, autoincrement=True)
    bare = Settings(options=(("without_rowid", True),))
    column = AlterColumn(table=name, before=key, after=counted)
    table = AlterTable(table=name, before=bare, after=Settings())
    if counts:
        assert order([column, table]) == [table, column]
    else:
        assert order([table.reverse(), column.reverse()]) == [column.reverse(), table.reverse()]


@pytest.mark.parametrize("strict", [True, False])
def test_strict_tables_and_types(strict: bool) -> None:
    """A column of a type that STRICT tables lack comes after STRICT went, and goes before."""
    name = QualifiedName("t")
    settings = AlterTable(
        table=name, before=Settings(options=(("strict", True),)), after=Settings()
    )
    added = AddColumn(table=name, column=Column(name="at", type=Type(sql="DATETIME")))
    plain = AddColumn(table=name, column=Column(name="z", type=INTEGER))
    if strict:
        ordered = order([plain.reverse(), settings.reverse(), added.reverse()])
        assert ordered.index(added.reverse()) < ordered.index(settings.reverse())
    else:
        assert order([plain, added, settings]).index(settings) == 0


@pytest.mark.parametrize("bare", [True, False])
def test_keys_and_row_numbers(bare: bool) -> None:
    """A table without row numbers has a key at each moment."""
    name = QualifiedName("t")
    rowless = Settings(options=(("without_rowid", True),))
    settings = AlterTable(table=name, before=Settings(), after=rowless)
    key = AddConstraint(table=name, constraint=PrimaryKey(columns=("id",)))
    if bare:
        assert order([settings, key]) == [key, settings]
    else:
        assert order([key.reverse(), settings.reverse()]) == [settings.reverse(), key.reverse()]


def test_renames_come_first_in_the_order_given() -> None:
    """Only a schema that a table moves into is made before the renames."""
    moved = QualifiedName("users", "app")
    renames: list[Operation] = [
        RenameTable(before=QualifiedName("users"), after=moved),
        RenameColumn(table=moved, before="b", after="a"),
        RenameColumn(table=moved, before="c", after="b"),
    ]
    operations = [
        AddColumn(table=moved, column=Column(name="c", type=INTEGER)),
        CreateTable(table=table("users")),
        *renames,
        CreateSchema(name="app"),
        CreateSchema(name="aaa"),
    ]
    result = order(operations)
    assert result[0] == CreateSchema(name="app")
    assert result[1:4] == renames
    assert set(result) == set(operations)


def test_two_altered_columns_and_a_generated_one_do_not_block_each_other() -> None:
    """Altering several columns of one table is no cycle."""
    generated = Column(name="g", type=INTEGER, generated=Generated(expression="id * 2"))
    operations = [
        AlterColumn(table=QualifiedName("t"), before=column, after=replace(column, comment="new"))
        for column in (ID, replace(ID, name="x"), generated)
    ]
    for shuffled in permutations(operations):
        assert len(order(shuffled)) == 3


ENUM = Enum(name=MOOD, values=("sad", "ok"))
STATE = Column(name="state", type=Type(sql="mood", enum=MOOD), default="'sad'::mood")


def _mood(values: tuple[str, ...], default: str | None) -> Schema:
    column = replace(STATE, default=default)
    return Schema(
        tables=(Table(name=QualifiedName("t"), columns=(column,)),),
        enums=(replace(ENUM, values=values),),
    )


@pytest.mark.parametrize(
    ("values", "default", "expected"),
    [
        (("sad", "ok", "new"), "'new'::mood", ["alter enum", "alter column"]),
        (("ok",), "'ok'::mood", ["alter column", "alter enum"]),
        (("ok", "new"), "'new'::mood", ["alter column", "alter enum", "alter column"]),
        (("ok",), None, ["alter column", "alter enum"]),
    ],
    ids=["added", "removed", "replaced", "no default"],
)
def test_a_default_never_names_a_value_that_is_not_there(
    values: tuple[str, ...], default: str | None, expected: list[str]
) -> None:
    """A default leaves a value before it goes and takes one after it came, there and back."""
    operations = order(compare(_mood(("sad", "ok"), "'sad'::mood"), _mood(values, default)))
    assert [" ".join(str(operation).split()[:2]) for operation in operations] == expected
    state = _mood(("sad", "ok"), "'sad'::mood")
    for operation in operations:
        state = operation.apply(state)
    assert state == _mood(values, default)
    for operation in reversed(operations):
        state = operation.reverse().apply(state)
    assert state == _mood(("sad", "ok"), "'sad'::mood")


def test_checks_and_indexes_that_name_enum_values_stand_around_their_change() -> None:
    """What names a value that goes is dropped before, what names one that comes is made after."""
    name = QualifiedName("t")
    altered = AlterEnum(before=ENUM, after=replace(ENUM, values=("ok", "new")))
    drop = DropConstraint(table=name, constraint=Check(expression="state <> 'sad'", name="c"))
    add = AddConstraint(table=name, constraint=Check(expression="state <> 'new'", name="d"))
    parts = (IndexPart(column="state"),)
    old = DropIndex(table=name, index=Index(name="i", parts=parts, where="state = 'sad'"))
    new = CreateIndex(table=name, index=Index(name="j", parts=parts, where="state = 'new'"))
    operations: list[Operation] = [altered, drop, add, old, new]
    for shuffled in permutations(operations):
        result = order(shuffled)
        assert result.index(altered) == 2
        assert set(result[:2]) == {drop, old}


def test_columns_that_swap_two_changing_enums_can_be_ordered() -> None:
    """Where an enum cannot be left before it changes, it is changed first."""
    one, two = Enum(name=QualifiedName("one"), values=("a",)), Enum(name=MOOD, values=("a",))

    def state(first: Enum, second: Enum, values: tuple[str, ...]) -> Schema:
        columns = tuple(
            Column(name=name, type=Type(sql=enum.name.name, enum=enum.name))
            for name, enum in (("x", first), ("y", second))
        )
        enums = (replace(one, values=values), replace(two, values=values))
        return Schema(tables=(Table(name=QualifiedName("t"), columns=columns),), enums=enums)

    found = order(compare(state(one, two, ("a",)), state(two, one, ("a", "b"))))
    assert [type(operation) for operation in found] == [
        AlterEnum,
        AlterEnum,
        AlterColumn,
        AlterColumn,
    ]


def test_a_foreign_key_is_added_after_the_key_it_must_not_rest_on_is_gone() -> None:
    """A table with two keys on one column loses one; its foreign key comes back after that."""
    keys = (
        Unique(columns=("id",), name="one"),
        Unique(columns=("id",), name="two", include=("x",)),
    )
    columns = (ID, Column(name="x", type=INTEGER))
    target = Table(name=QualifiedName("z"), columns=columns, constraints=keys)
    child = table("a", "z")
    before = Schema(tables=(target, child))
    after = Schema(tables=(replace(target, constraints=keys[1:]), child))
    assert between(before, after) == [
        "drop constraint foreign key (z_id) to z on a",
        "drop constraint one: unique (id) on z",
        "add constraint foreign key (z_id) to z on a",
    ]


def test_dropped_tables_let_go_before_their_targets_are_dropped() -> None:
    """A foreign key of a table that stays is dropped before its target."""
    before = Schema(tables=(table("a", "z"), table("z")))
    after = Schema(tables=(table("a"),))
    found = order(compare(before, after))
    assert isinstance(found[0], DropConstraint)
    assert isinstance(found[-1], DropTable)


def test_a_column_that_moves_is_there_before_the_old_one_goes() -> None:
    """Between the two a person can carry the values over; two that change places are sorted too."""
    price = Column(name="price", type=Type(sql="integer"))
    items, users = QualifiedName("items"), QualifiedName("users")
    moved = order([DropColumn(table=items, column=price), AddColumn(table=users, column=price)])
    assert list(map(str, moved)) == ["add column users.price", "drop column items.price"]
    other = replace(price, type=Type(sql="text"))
    swapped = order(
        [
            DropColumn(table=items, column=price),
            AddColumn(table=items, column=other),
            DropColumn(table=users, column=other),
            AddColumn(table=users, column=price),
        ]
    )
    assert len(swapped) == 4
