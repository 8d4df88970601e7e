"""A schema that is edited is the one that is made of the same objects at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flaskmig.errors import ObjectExistsError, ObjectNotFoundError
from flaskmig.operations import CreateTable, DropTable
from flaskmig.schema import (
    Enum,
    Extension,
    Function,
    QualifiedName,
    Schema,
    Sequence,
    Table,
    Trigger,
    View,
)
from tests.growth import growth

Named = Table | Enum | Sequence | View | Function | Trigger | Extension

_WORDS = st.sampled_from(("a", "b", "B", "c d", "é"))
_NAMES = st.builds(QualifiedName, _WORDS, st.sampled_from((None, "", "app")))
_OBJECTS = st.one_of(
    st.builds(Table, name=_NAMES),
    st.builds(Enum, name=_NAMES, values=st.sampled_from(((), ("x",)))),
    st.builds(Sequence, name=_NAMES),
    st.builds(View, name=_NAMES, definition=_WORDS),
    st.builds(Function, name=_NAMES, arguments=_WORDS, definition=_WORDS),
    st.builds(Trigger, name=_WORDS, table=_NAMES, definition=_WORDS),
    st.builds(Extension, name=_WORDS),
)
_EDITS = st.tuples(st.sampled_from(("add", "remove", "replace")), _OBJECTS, st.integers(0, 9))


@given(st.lists(_EDITS, max_size=15))
@settings(max_examples=200)
def test_an_edited_schema_is_the_one_made_of_the_same_objects(
    edits: list[tuple[str, Named, int]],
) -> None:
    """Whatever is put in, taken out or replaced, all is in order and found under its name."""
    schema, there = made(()), list[Named]()
    for how, new, place in edits:
        alike = [each for each in there if type(each) is type(new)]
        old = alike[place % len(alike)] if alike else new
        kept = [each for each in there if each is not old]
        taken = {identity(each) for each in (kept if how == "replace" else there)}
        if how == "add" and identity(new) in taken:
            with pytest.raises(ObjectExistsError):
                schema.with_object(new)
        elif how == "add":
            schema, there = schema.with_object(new), [*there, new]
        elif not alike:
            with pytest.raises(ObjectNotFoundError):
                schema.without_object(old)
        elif how == "remove":
            schema, there = schema.without_object(old), kept
        elif identity(new) in taken:
            with pytest.raises(ObjectExistsError):
                schema.with_replaced(old, new)
        else:
            schema, there = schema.with_replaced(old, new), [*kept, new]
        assert schema == made(there)
        assert [find(schema, each) for each in (*there, old)] == [
            *there,
            old if any(each is old for each in there) else find(made(there), old),
        ]


def test_a_list_of_operations_is_applied_in_work_that_grows_with_it() -> None:
    """Four times as many tables take about four times the work to make and to drop."""

    def work(size: int) -> Callable[[], object]:
        tables = [Table(name=QualifiedName(f"t{number:05}")) for number in range(size)]

        def run() -> None:
            schema = Schema()
            for table in tables:
                schema = CreateTable(table=table).apply(schema)
            for table in tables:
                schema = DropTable(table=table).apply(schema)

        return run

    assert growth(work, 100) < 6


def made(objects: Iterable[Named]) -> Schema:
    """A schema that sorts the objects itself."""
    found = list(objects)
    return Schema(
        tables=tuple(each for each in found if isinstance(each, Table)),
        enums=tuple(each for each in found if isinstance(each, Enum)),
        sequences=tuple(each for each in found if isinstance(each, Sequence)),
        views=tuple(each for each in found if isinstance(each, View)),
        functions=tuple(each for each in found if isinstance(each, Function)),
        triggers=tuple(each for each in found if isinstance(each, Trigger)),
        extensions=tuple(each for each in found if isinstance(each, Extension)),
        schemas=("z", "y"),
    )


def identity(named: Named) -> Hashable:
    """What no two objects of a schema have in common."""
    match named:
        case Function():
            return type(named), named.name, named.arguments
        case Trigger():
            return type(named), named.table, named.name
        case _:
            return type(named), named.name


def find(schema: Schema, named: Named) -> Named | None:
    """What the schema has under the name of an object."""
    match named:
        case Table():
            return schema.find_table(named.name)
        case Enum():
            return schema.find_enum(named.name)
        case Sequence():
            return schema.find_sequence(named.name)
        case View():
            return schema.find_view(named.name)
        case Function():
            return schema.find_function(named.name, named.arguments)
        case Trigger():
            return schema.find_trigger(named.table, named.name)
        case Extension():
            return schema.find_extension(named.name)
