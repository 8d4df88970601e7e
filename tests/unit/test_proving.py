"""What a proof takes of a schema, and what is written beside the calls of a file."""

from __future__ import annotations

import ast

from flaskmig.engine.proving.extent import Extent, touched, without_declared
from flaskmig.engine.rendering.remarks import comment, lossy
from flaskmig.operations import AddColumn, DropTable
from flaskmig.schema import (
    Column,
    Extension,
    ForeignKey,
    Function,
    QualifiedName,
    Schema,
    Table,
    Trigger,
    Type,
    View,
)

INTEGER = Type(sql="integer")


def table(name: str, *targets: str, default: str | None = None) -> Table:
    keys = tuple(
        ForeignKey(columns=(f"{target}_id",), target=QualifiedName(target), target_columns=("id",))
        for target in targets
    )
    columns = ("id", *(f"{target}_id" for target in targets))
    return Table(
        name=QualifiedName(name),
        columns=tuple(Column(name=each, type=INTEGER, default=default) for each in columns),
        constraints=keys,
    )


def names(schema: Schema) -> list[str]:
    collections = (schema.tables, schema.views, schema.functions)
    return [str(each.name) for collection in collections for each in collection]


def added(name: str) -> AddColumn:
    return AddColumn(table=QualifiedName(name), column=Column(name="new", type=INTEGER))


def test_only_what_is_tied_to_the_touched_is_taken() -> None:
    """The tables on both ends of its foreign keys are there, and those further on are not."""
    tables = (table("a"), table("b", "a"), table("c", "b"), table("d", "c"), table("other"))
    before = Schema(tables=tables)
    operation = added("b")
    found = touched(before, operation.apply(before), [operation])
    assert names(found.current) == names(found.desired) == ["a", "b", "c"]
    assert not found.is_whole
    assert found.current.table(QualifiedName("c")).foreign_keys

    found = touched(before, added("d").apply(before), [added("d")])
    assert names(found.current) == ["c", "d"]
    assert not found.current.table(QualifiedName("c")).foreign_keys
    assert not found.desired.table(QualifiedName("c")).foreign_keys


def test_views_come_with_what_they_read() -> None:
    """A view over a touched table, one over that view, and the other tables that they read."""
    tables = (table("a"), table("b"), table("c"))
    views = (
        View(name=QualifiedName("low"), definition="SELECT a.id FROM a, b"),
        View(name=QualifiedName("high"), definition="SELECT id FROM low"),
        View(name=QualifiedName("apart"), definition="SELECT id FROM c"),
    )
    before = Schema(tables=tables, views=views)
    found = touched(before, added("a").apply(before), [added("a")])
    assert names(found.current) == ["a", "b", "high", "low"]


def test_functions_come_where_they_are_called() -> None:
    """By a default, by a trigger, or by another function; others stay away."""
    functions = tuple(
        Function(name=QualifiedName(name), definition=f"CREATE FUNCTION {name}() AS '{body}'")
        for name, body in (("one", "SELECT two()"), ("two", "1"), ("three", "1"), ("four", "1"))
    )
    trigger = Trigger(
        name="t", table=QualifiedName("a"), definition="CREATE TRIGGER t … EXECUTE FUNCTION four()"
    )
    before = Schema(tables=(table("a", default="one()"),), functions=functions, triggers=(trigger,))
    found = touched(before, added("a").apply(before), [added("a")])
    assert {each.name.name for each in found.current.functions} == {"one", "two", "four"}
    assert not found.changes_declared
    plain = without_declared(found)
    assert plain.current.functions == ()
    assert plain.current.triggers == ()


def test_an_extension_of_any_version_does_not_change() -> None:
    """What a database adds to a declared extension is no change; a version asked for is one."""
    there, any_version, newer = (
        Schema(extensions=(Extension(name="citext", schema=schema, version=version),))
        for schema, version in (("public", "1.6"), (None, None), (None, "1.8"))
    )
    assert not Extent(current=there, desired=any_version).changes_declared
    assert Extent(current=there, desired=newer).changes_declared
    assert Extent(current=there, desired=Schema()).changes_declared


def test_all_of_it_is_whole() -> None:
    """Where everything is touched, a failure needs no second try."""
    before = Schema(tables=(table("a"),))
    operation = DropTable(table=before.tables[0])
    assert touched(before, operation.apply(before), [operation]).is_whole


def test_no_name_ends_a_comment() -> None:
    """Line ends of every kind, and what shows text as something else, are written as escapes."""
    for strange in "\n\r\x0b\x0c\x1c\x85\u2028\u2029\u202e\ud800\x00é":
        lines = comment(f"a{strange}op.drop_table('users')", width=96)
        assert len(lines) == 1
        assert lines[0].isascii()
        assert lines[0].isprintable()
        assert ast.parse("\n".join(lines)).body == []


def test_a_long_comment_is_broken() -> None:
    """No line is longer than it may be, and each is a comment."""
    lines = list(lossy(["dropping " + "x" * 300 + " deletes its rows"], width=96))
    assert len(lines) > 3
    assert all(line.startswith("# ") and len(line) <= 96 for line in lines)
