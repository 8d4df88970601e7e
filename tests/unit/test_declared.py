"""Views, functions, triggers and extensions as values: what differs, and in what order it goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from flaskmig.engine.comparing.compare import compare
from flaskmig.engine.comparing.declared import blocking, freed_for, way_back
from flaskmig.engine.comparing.order import order
from flaskmig.errors import ObjectExistsError, ObjectNotFoundError
from flaskmig.operations import (
    AlterEnum,
    CreateView,
    DropView,
    Operation,
    RenameColumn,
    RenameEnum,
    RenameEnumValue,
    RenameTable,
    ReplaceView,
)
from flaskmig.schema import (
    Check,
    Column,
    Declared,
    Enum,
    Extension,
    Function,
    Index,
    IndexPart,
    QualifiedName,
    Schema,
    Table,
    Trigger,
    Type,
    View,
    declared_label,
)

INTEGER = Type(sql="integer")
TEXT = Type(sql="text")
MOOD = Enum(name=QualifiedName("mood"), values=("sad", "ok"))
USERS = QualifiedName("users")


def users(*columns: Column) -> Table:
    return Table(name=USERS, columns=(Column(name="id", type=INTEGER, nullable=False), *columns))


NAME = Column(name="name", type=TEXT)
WITH_NAME = users(NAME)


def view(name: str, definition: str, *uses: tuple[str, str], output: str = "") -> View:
    return View(
        name=QualifiedName(name),
        definition=definition,
        uses=tuple((QualifiedName(relation), column) for relation, column in uses),
        output=tuple((column, "text") for column in output.split()),
    )


NAMES = view("names", "SELECT name FROM users", ("users", "name"), output="name")
LONG = view("long", "SELECT name FROM names", ("names", "name"), output="name")
TOUCH = Function(
    name=QualifiedName("touch"),
    definition="CREATE FUNCTION touch() RETURNS trigger AS $$ BEGIN END $$",
    interface="() trigger",
)
TOUCHED = Trigger(
    name="touched",
    table=USERS,
    definition="CREATE TRIGGER touched BEFORE UPDATE OF name ON users EXECUTE FUNCTION touch()",
)
CITEXT = Extension(name="citext")
ALL = Schema(
    tables=(WITH_NAME,),
    views=(NAMES, LONG),
    functions=(TOUCH,),
    triggers=(TOUCHED,),
    extensions=(CITEXT,),
)


def changed(current: Schema, desired: Schema) -> list[str]:
    """The operations between the schemas, which are carried out there and back."""
    operations = order(compare(current, desired))
    assert applied(current, operations) == desired
    assert applied(desired, list(way_back(operations))) == current
    return [str(operation) for operation in operations]


def applied(schema: Schema, operations: Sequence[Operation]) -> Schema:
    for operation in operations:
        schema = operation.apply(schema)
    return schema


def test_all_come_and_go() -> None:
    """Each stands after what it needs, and goes before it."""
    assert changed(Schema(), ALL) == [
        "create extension citext",
        "create function touch()",
        "create table users",
        "create view names",
        "create view long",
        "create trigger touched on users",
    ]
    assert changed(ALL, Schema()) == [
        "drop trigger touched on users",
        "drop view long",
        "drop view names",
        "drop table users",
        "drop function touch()",
        "drop extension citext",
    ]


def test_nothing_differs() -> None:
    """The same on both sides is no difference."""
    assert changed(ALL, ALL) == []


def test_retyped_column() -> None:
    """What rests on a column that changes its type makes way, and comes back."""
    desired = replace(ALL, tables=(users(replace(NAME, type=Type(sql="varchar"))),))
    assert changed(ALL, desired) == [
        "drop trigger touched on users",
        "drop view long",
        "drop view names",
        "alter column users.name (type)",
        "create view names",
        "create view long",
        "create trigger touched on users",
    ]


def test_column_that_is_not_read() -> None:
    """What does not read a column stays when it changes its type."""
    other = Column(name="other", type=INTEGER)
    current = replace(ALL, tables=(users(NAME, other),))
    desired = replace(ALL, tables=(users(NAME, replace(other, type=TEXT)),))
    assert changed(current, desired) == ["alter column users.other (type)"]


def test_column_that_only_becomes_required() -> None:
    """No view is in the way of NOT NULL."""
    desired = replace(ALL, tables=(users(replace(NAME, nullable=False)),))
    assert changed(ALL, desired) == ["alter column users.name (nullable)"]


@pytest.mark.parametrize(
    ("output", "kinds"),
    [
        ("name more", [ReplaceView]),
        ("name", [ReplaceView]),
        ("more name", [DropView, CreateView]),
        ("", [DropView, CreateView]),
    ],
)
def test_replaced_where_columns_are_appended(output: str, kinds: list[type]) -> None:
    """A view is replaced where its columns stay the first ones, and made anew where not."""
    after = view("names", "SELECT … FROM users", ("users", "name"), output=output)
    current = Schema(tables=(WITH_NAME,), views=(NAMES,))
    operations = order(compare(current, replace(current, views=(after,))))
    assert [type(operation) for operation in operations] == kinds


def test_appended_columns_are_taken_away_by_a_drop() -> None:
    """The way back from columns that were appended is no replacement."""
    after = view("names", "SELECT name, id FROM users", ("users", "name"), output="name id")
    back = way_back([ReplaceView(before=NAMES, after=after)])
    assert [str(operation) for operation in back] == ["drop view names", "create view names"]


def test_view_on_a_replaced_view() -> None:
    """A view gets columns appended by a drop where another one rests on it: so it can go back."""
    after = view("names", "SELECT name, id FROM users", ("users", "name"), output="name id")
    assert changed(ALL, replace(ALL, views=(after, LONG))) == [
        "drop view long",
        "drop view names",
        "create view names",
        "create view long",
    ]


def test_column_goes_that_a_view_no_longer_reads() -> None:
    """The view stands without the column before the column goes."""
    after = view("names", "SELECT id AS name FROM users", ("users", "id"), output="name")
    desired = Schema(tables=(users(),), views=(after,))
    assert changed(Schema(tables=(WITH_NAME,), views=(NAMES,)), desired) == [
        "drop view names",
        "drop column users.name",
        "create view names",
    ]


def test_view_in_the_way_for_good() -> None:
    """A view that reads what goes for good is not made anew, and is told of."""
    current = Schema(tables=(WITH_NAME,), views=(NAMES,))
    desired = replace(current, tables=(users(),))
    operations = compare(current, desired)
    assert [str(operation) for operation in operations] == ["drop column users.name"]
    [line] = blocking(current, desired, operations)
    assert line.startswith("view names reads users.name, which the models no longer have")


def test_enum_that_loses_a_value() -> None:
    """A view on a column of an enum makes way where the type is made anew, not where it grows."""
    column = Column(name="name", type=Type(sql="mood", enum=MOOD.name))
    current = Schema(tables=(users(column),), views=(NAMES,), enums=(MOOD,))
    grown = replace(current, enums=(replace(MOOD, values=("sad", "glad", "ok")),))
    assert changed(current, grown) == ["alter enum mood (+glad)"]
    assert changed(grown, current) == [
        "drop view names",
        "alter enum mood (-glad)",
        "create view names",
    ]
    assert isinstance(order(compare(grown, current))[1], AlterEnum)


def test_new_enum_values_come_first() -> None:
    """PostgreSQL commits them by themselves, so nothing may be half done before them."""
    column = Column(name="mood", type=Type(sql="mood", enum=MOOD.name))
    grown = replace(MOOD, values=("sad", "ok", "glad"))
    before = Schema(tables=(users(column), Table(name=QualifiedName("b"))), enums=(MOOD,))
    after = Schema(tables=(users(NAME),), enums=(grown,))
    gone = replace(before, views=(view("v", "SELECT id FROM users", ("users", "id")),))
    assert changed(gone, after)[:2] == ["alter enum mood (+glad)", "drop view v"]


def test_enum_that_waits_for_a_table_to_go() -> None:
    """The view comes back after the type is made anew, however late that is."""
    column = Column(name="mood", type=Type(sql="mood", enum=MOOD.name))
    other = Table(name=QualifiedName("other"), columns=(column,))
    read = view("v", "SELECT mood FROM users", ("users", "mood"))
    before = Schema(tables=(users(column), other), enums=(MOOD,), views=(read,))
    fewer = replace(MOOD, values=("ok",))
    after = Schema(tables=(users(column),), enums=(fewer,), views=(read,))
    assert changed(before, after) == [
        "drop view v",
        "drop table other",
        "alter enum mood (-sad)",
        "create view v",
    ]


def test_function_of_another_result() -> None:
    """What calls a function that must be made anew makes way; a new body leaves it in place."""
    calling = view("names", "SELECT touch() FROM users", ("users", "name"))
    current = replace(ALL, views=(calling,))
    body = replace(TOUCH, definition="CREATE FUNCTION touch() RETURNS trigger AS $$ NEW $$")
    assert changed(current, replace(current, functions=(body,))) == ["change function touch()"]
    other = replace(body, interface="() integer")
    assert changed(current, replace(current, functions=(other,))) == [
        "drop trigger touched on users",
        "drop view names",
        "drop function touch()",
        "create function touch()",
        "create view names",
        "create trigger touched on users",
    ]


def test_function_in_a_check_of_the_table_that_it_reads() -> None:
    """A function whose body names a table that calls it comes first: it is called later."""
    table = replace(WITH_NAME, constraints=(Check(expression="touch() > 0", name="c"),))
    function = replace(TOUCH, definition="CREATE FUNCTION touch() AS $$ SELECT * FROM users $$")
    assert changed(Schema(), Schema(tables=(table,), functions=(function,))) == [
        "create function touch()",
        "create table users",
    ]


def test_changed_trigger() -> None:
    """A trigger that does something else is made anew under its name."""
    after = replace(TOUCHED, definition=TOUCHED.definition.replace("BEFORE", "AFTER"))
    assert changed(ALL, replace(ALL, triggers=(after,))) == ["change trigger touched on users"]


def test_trigger_of_a_view() -> None:
    """A trigger goes with the view that it is on and comes back with it."""
    told = Trigger(
        name="told",
        table=NAMES.name,
        definition="CREATE TRIGGER told INSTEAD OF DELETE ON names EXECUTE FUNCTION touch()",
    )
    current = Schema(tables=(WITH_NAME,), views=(NAMES,), functions=(TOUCH,), triggers=(told,))
    after = view("names", "SELECT id AS number FROM users", ("users", "id"), output="number")
    assert changed(current, replace(current, views=(after,))) == [
        "drop trigger told on names",
        "drop view names",
        "create view names",
        "create trigger told on names",
    ]


def test_indexes_of_a_materialized_view() -> None:
    """An index comes and goes by itself; with the view where that is made anew."""
    index = Index(name="ix", parts=(IndexPart(column="name"),))
    bare = replace(NAMES, materialized=True)
    indexed = replace(bare, indexes=(index,))
    current = Schema(tables=(WITH_NAME,), views=(bare,))
    assert changed(current, replace(current, views=(indexed,))) == ["create index ix on names"]
    assert changed(replace(current, views=(indexed,)), current) == ["drop index ix on names"]
    other = replace(indexed, definition="SELECT upper(name) AS name FROM users")
    assert changed(current, replace(current, views=(other,))) == [
        "drop materialized view names",
        "create materialized view names",
    ]


def test_triggers_of_a_dropped_table_are_dropped_once() -> None:
    """The dropped table does not carry the texts of triggers that have operations of their own."""
    table = replace(WITH_NAME, triggers=(TOUCHED.definition,))
    current = Schema(tables=(table,), triggers=(TOUCHED,))
    *_, drop = order(compare(current, Schema()))
    assert drop.reverse().table.triggers == ()  # type: ignore[union-attr]


def test_models_that_leave_the_version_open_are_like_any_database() -> None:
    """On either side; a schema that only the other side has is a difference."""
    any_version = Schema(extensions=(CITEXT,))
    there = Schema(extensions=(Extension(name="citext", version="1.6"),))
    elsewhere = Schema(extensions=(Extension(name="citext", schema="x", version="1.6"),))
    assert list(compare(any_version, there)) == list(compare(there, any_version)) == []
    assert len(list(compare(any_version, elsewhere))) == 1


def test_extension_left_open() -> None:
    """A schema or version counts only where the models give one."""
    there = Extension(name="citext", schema="extensions", version="1.6")
    current = Schema(extensions=(there, Extension(name="plpgsql")))
    assert compare(current, Schema(extensions=(CITEXT,))) == []
    moved = order(compare(current, Schema(extensions=(replace(CITEXT, schema="more"),))))
    assert [str(operation) for operation in moved] == ["alter extension citext"]
    assert moved[0].reverse().reverse() == moved[0]


@pytest.mark.parametrize(
    "rename",
    [
        RenameTable(before=USERS, after=QualifiedName("people")),
        RenameColumn(table=USERS, before="name", after="full_name"),
    ],
    ids=str,
)
def test_freed_for_a_rename(rename: Operation) -> None:
    """What names something that is renamed goes before it, with all that rests on it."""
    freed = freed_for([rename], ALL, Schema())
    assert [str(operation) for operation in freed] == [
        "drop trigger touched on users",
        "drop view long",
        "drop view names",
    ]
    ordered = order([rename], freed=freed)
    assert ordered == [*freed, rename]


def test_kept_ones_follow_a_rename() -> None:
    """What no models declare stays, and names the table and the column anew."""
    kept = Schema(views=(NAMES, LONG), triggers=(TOUCHED,))
    renames: list[Operation] = [
        RenameTable(before=USERS, after=QualifiedName("people")),
        RenameColumn(table=QualifiedName("people"), before="name", after="full_name"),
    ]
    assert freed_for(renames, ALL, kept) == []
    after = applied(ALL, renames)
    assert after.view(NAMES.name).definition == "SELECT full_name FROM people"
    assert after.view(NAMES.name).uses == ((QualifiedName("people"), "full_name"),)
    assert after.view(LONG.name) == LONG
    [trigger] = after.triggers
    assert trigger.table == QualifiedName("people")
    assert "UPDATE OF full_name ON people" in trigger.definition


def test_enum_is_renamed_in_queries() -> None:
    """A view that casts to an enum type follows its new name and the new name of a value."""
    casting = view("sad", "SELECT id FROM users WHERE name = 'sad'::mood", ("users", "name"))
    schema = Schema(tables=(WITH_NAME,), views=(casting,), enums=(MOOD,))
    renames: list[Operation] = [
        RenameEnumValue(enum=MOOD.name, before="sad", after="low"),
        RenameEnum(before=MOOD.name, after=QualifiedName("feeling")),
    ]
    after = applied(schema, renames).view(casting.name)
    assert after.definition == "SELECT id FROM users WHERE name = 'low'::feeling"


@pytest.mark.parametrize("thing", [NAMES, TOUCH, TOUCHED, CITEXT], ids=declared_label)
def test_is_there_once(thing: Declared) -> None:
    """Making what is there and dropping what is not is refused, by name."""
    schema = Schema().with_object(thing)
    with pytest.raises(ObjectExistsError, match=str(thing.name)):
        schema.with_object(thing)
    assert schema.without_object(thing) == Schema()
    with pytest.raises(ObjectNotFoundError):
        Schema().without_object(thing)
