"""The classes of the data model as plain values for JSON, and back.

What a class may hold is read from its annotations, so that a new attribute is written and read
without a word here. An attribute that has its default is left out: a file grows only by what is
used. A text of several lines is a list of them, which is what makes two files easy to compare.
"""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from flaskmig.errors import InvalidSnapshotError
from flaskmig.schema import CONSTRAINT_KINDS, QualifiedName

# Pairs that are in the order of their names, and so may be written as an object.
_BY_NAME = "options"
_CONSTRAINTS = {kind: type_ for type_, kind in CONSTRAINT_KINDS.items()}
_WORDS = {str: "a text", int: "a whole number", bool: "true or false"}


def plain(value: Any) -> Any:
    """The value as dictionaries, lists, texts, numbers and booleans."""
    if isinstance(value, QualifiedName):
        if value.schema is None:
            return value.name
        return {"schema": value.schema, "name": value.name}
    if is_dataclass(value):
        found: dict[str, Any] = {}
        if type(value) in CONSTRAINT_KINDS:
            found["kind"] = CONSTRAINT_KINDS[type(value)]
        for each in fields(value):
            part = getattr(value, each.name)
            if part != each.default:
                found[each.name] = _options(part) if each.name == _BY_NAME else plain(part)
        return found
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, str) and "\n" in value:
        return value.split("\n")
    return value


def _options(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    return {name: plain(value) for name, value in pairs}


def read(type_: type, value: Any, place: str) -> Any:
    """What `plain` made of an object of that class; ``place`` is where the value stands.

    Raises InvalidSnapshotError for what cannot be one, with the place.
    """
    return _read_object(type_, value, place)


def read_any(hint: Any, value: Any, place: str) -> Any:
    """What `plain` made of a value with that annotation: a class, a union, a tuple of them.

    Raises InvalidSnapshotError, as `read` does.
    """
    return _read(hint, value, place)


def _read(hint: Any, value: Any, place: str) -> Any:
    if hint is QualifiedName:
        return _read_name(value, place)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        if value not in arguments:
            known = ", ".join(map(repr, arguments))
            raise _wrong(place, value, f"one of {known}")
        return value
    if origin in (Union, types.UnionType):
        return _read_union(arguments, value, place)
    if origin is tuple:
        return _read_tuple(arguments, value, place)
    if is_dataclass(hint):
        assert isinstance(hint, type)
        return _read_object(hint, value, place)
    if hint is str and isinstance(value, list) and all(isinstance(line, str) for line in value):
        return "\n".join(value)
    if type(value) is not hint:
        raise _wrong(place, value, _WORDS.get(hint, str(hint)))
    return value


def _read_union(members: Sequence[Any], value: Any, place: str) -> Any:
    if value is None and types.NoneType in members:
        return None
    choices = [member for member in members if member is not types.NoneType]
    if len(choices) == 1:
        return _read(choices[0], value, place)
    if all(choice in CONSTRAINT_KINDS for choice in choices):
        kind = value.get("kind") if isinstance(value, dict) else None
        if kind not in _CONSTRAINTS:
            raise _wrong(f"{place}.kind", kind, f"one of {', '.join(_CONSTRAINTS)}")
        return _read_object(_CONSTRAINTS[kind], value, place)
    for choice in choices:
        if type(value) is choice or (choice is str and isinstance(value, list)):
            return _read(choice, value, place)
    raise _wrong(place, value, " or ".join(_WORDS.get(each, str(each)) for each in choices))


def _read_tuple(members: Sequence[Any], value: Any, place: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise _wrong(place, value, "a list")
    if len(members) == 2 and members[1] is Ellipsis:
        return tuple(
            _read(members[0], item, _item_place(place, index, item))
            for index, item in enumerate(value)
        )
    if len(value) != len(members):
        raise _wrong(place, value, f"a list of {len(members)}")
    return tuple(
        _read(member, item, f"{place}[{index}]")
        for index, (member, item) in enumerate(zip(members, value, strict=True))
    )


def _item_place(place: str, index: int, item: Any) -> str:
    """The item by its name where it has one: people find that, and not the seventh table."""
    name = item.get("name") if isinstance(item, dict) else None
    if isinstance(name, dict) and isinstance(name.get("schema"), str):
        name = f"{name['schema']}.{name.get('name')}"
    return f"{place}.{name}" if isinstance(name, str) and name else f"{place}[{index}]"


def _read_object(type_: type, value: Any, place: str) -> Any:
    if not isinstance(value, dict):
        raise _wrong(place, value, f"an object ({type_.__name__})")
    if type_ in CONSTRAINT_KINDS:
        if value.get("kind") != CONSTRAINT_KINDS[type_]:
            raise _wrong(f"{place}.kind", value.get("kind"), CONSTRAINT_KINDS[type_])
        value = {name: part for name, part in value.items() if name != "kind"}
    hints, known = _hints(type_), _known(type_)
    for name in value:
        if name not in known:
            raise InvalidSnapshotError(
                f"{place} has {name!r}, which this version of flaskmig does not know",
                place=place,
                hint="a newer version wrote it: read it with that one, or take the snapshot anew",
            )
    made: dict[str, Any] = {}
    for name, each in known.items():
        if name in value:
            where = f"{place}.{name}" if place else name
            made[name] = (
                _read_options(hints[name], value[name], where)
                if name == _BY_NAME
                else _read(hints[name], value[name], where)
            )
        elif each.default is MISSING:
            raise InvalidSnapshotError(
                f"{place} lacks {name!r}", place=place, hint="take the snapshot anew"
            )
    return type_(**made)


def _read_options(hint: Any, value: Any, place: str) -> tuple[Any, ...]:
    if not isinstance(value, dict):
        raise _wrong(place, value, "an object of names and values")
    _, member = get_args(get_args(hint)[0])
    return tuple((name, _read(member, value[name], f"{place}.{name}")) for name in sorted(value))


def _read_name(value: Any, place: str) -> QualifiedName:
    if isinstance(value, str):
        return QualifiedName(value)
    if isinstance(value, dict) and set(value) == {"schema", "name"}:
        schema, name = value["schema"], value["name"]
        if isinstance(schema, str) and isinstance(name, str):
            return QualifiedName(name, schema)
    raise _wrong(place, value, 'a name, or {"schema": …, "name": …}')


@cache
def _hints(type_: type) -> Mapping[str, Any]:
    return get_type_hints(type_)


@cache
def _known(type_: type) -> Mapping[str, Field[Any]]:
    assert is_dataclass(type_)
    return {each.name: each for each in fields(type_)}


def _wrong(place: str, value: Any, wanted: str) -> InvalidSnapshotError:
    shown = repr(value) if len(repr(value)) < 60 else f"{repr(value)[:57]}…"
    return InvalidSnapshotError(
        f"{place or 'the whole'} is {shown} and not {wanted}",
        place=place,
        hint="take the snapshot anew, or bring the file back from version control",
    )
