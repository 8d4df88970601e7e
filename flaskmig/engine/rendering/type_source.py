"""How a revision file writes a SQLAlchemy type: the code and the imports that it needs."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import ARRAY, Enum, TypeDecorator, TypeEngine

from flaskmig.engine.rendering.python_source import call, literal
from flaskmig.schema import Source

SA_IMPORT = "import sqlalchemy as sa"

_DIALECT_MODULE = re.compile(r"sqlalchemy\.dialects\.(\w+)")
# How a constraint is made with the type is the constraint's own business in a file.
_NEVER_WRITTEN = frozenset({"create_constraint", "name", "metadata", "quote", "inherit_schema"})
_MISSING: Any = object()


class UnwritableType(Exception):
    """Nothing that can be written in a file makes this type again."""


def write_type(type_: TypeEngine[Any], *, native_enums: bool) -> Source:
    """The source of a type.

    ``native_enums`` is whether the database has enum types: then an enum is written so that it
    uses a type which is there, because creating it is an operation of its own. Raises
    UnwritableType, where the caller knows the type's SQL and can write that.
    """
    written = _write(type_, native_enums)
    for name, variant in _variants(type_).items():
        other = _write(variant, native_enums)
        written = Source(
            call(f"{written.code}.with_variant", [other.code, literal(name)]),
            _merged(written, other),
        )
    return written


def _write(type_: TypeEngine[Any], native_enums: bool) -> Source:
    if isinstance(type_, Enum):
        return _write_enum(type_, native_enums)
    if isinstance(type_, ARRAY):
        return _write_array(type_, native_enums)
    if _is_domain(type_):
        raise UnwritableType(f"what {type_!r} is of is the domain's own business")
    cls: Any = type(type_)
    where, imports = _address(cls)
    keywords = {}
    for name, value in _arguments(type_):
        if isinstance(value, TypeEngine):
            inner = write_type(value, native_enums=native_enums)
            keywords[name] = inner.code
            imports = tuple(sorted({*imports, *inner.imports}))
        else:
            keywords[name] = _written(value)
    return Source(call(where, (), keywords), imports)


def _written(value: Any) -> str:
    try:
        return literal(value)
    except TypeError:
        raise UnwritableType(f"{value!r} is no literal") from None


def _is_domain(type_: Any) -> bool:
    # Whoever has one has imported it; nobody else is to wait for that.
    postgresql: Any = sys.modules.get("sqlalchemy.dialects.postgresql")
    return postgresql is not None and isinstance(type_, postgresql.DOMAIN)


def _write_enum(type_: Enum, native_enums: bool) -> Source:
    values = [literal(value) for value in type_.enums]
    keywords = {}
    if type_.name:
        keywords["name"] = literal(type_.name)
    if getattr(type_, "schema", None):
        keywords["schema"] = literal(type_.schema)
    if type_.native_enum and native_enums:
        where, imports = "postgresql.ENUM", ("from sqlalchemy.dialects import postgresql",)
        keywords["create_type"] = "False"
        return Source(call(where, values, keywords), imports)
    if not type_.native_enum:
        keywords["native_enum"] = "False"
    longest = max((len(value) for value in type_.enums), default=0)
    if type_.length is not None and type_.length != longest:
        keywords["length"] = literal(type_.length)
    return Source(call("sa.Enum", values, keywords), (SA_IMPORT,))


def _write_array(type_: ARRAY[Any], native_enums: bool) -> Source:
    cls: Any = type(type_)
    where, imports = _address(cls)
    inner = write_type(type_.item_type, native_enums=native_enums)
    keywords = {} if type_.dimensions is None else {"dimensions": literal(type_.dimensions)}
    code = call(where, [inner.code], keywords)
    return Source(code, tuple(sorted({*imports, *inner.imports})))


def _variants(type_: TypeEngine[Any]) -> Mapping[str, TypeEngine[Any]]:
    # SQLAlchemy has no public way to ask a type for its variants.
    variants: Mapping[str, TypeEngine[Any]] = type_._variant_mapping
    return variants


def _merged(*sources: Source) -> tuple[str, ...]:
    return tuple(sorted({line for source in sources for line in source.imports}))


@cache
def _address(cls: Any) -> tuple[str, tuple[str, ...]]:
    """The name a file can reach the class by, and the import for it; raises UnwritableType."""
    name = cls.__name__
    if cls.__module__.split(".")[0] == "sqlalchemy":
        if getattr(sa, name, None) is cls:
            return f"sa.{name}", (SA_IMPORT,)
        found = _DIALECT_MODULE.match(cls.__module__)
        if found:
            dialect = found[1]
            package = sys.modules.get(f"sqlalchemy.dialects.{dialect}")
            if getattr(package, name, None) is cls:
                return f"{dialect}.{name}", (f"from sqlalchemy.dialects import {dialect}",)
    return _address_in_module(cls)


def _address_in_module(cls: Any) -> tuple[str, tuple[str, ...]]:
    found: Any = sys.modules.get(cls.__module__)
    for part in cls.__qualname__.split("."):
        found = getattr(found, part, None)
    importable = all(part.isidentifier() for part in cls.__module__.split("."))
    if found is not cls or not importable or cls.__module__ == "__main__":
        raise UnwritableType(f"{cls.__module__}.{cls.__qualname__} cannot be imported")
    return f"{cls.__module__}.{cls.__qualname__}", (f"import {cls.__module__}",)


def _arguments(type_: TypeEngine[Any]) -> Iterator[tuple[str, Any]]:
    """The constructor's keyword arguments that are not their defaults; raises UnwritableType."""
    cls: Any = type(type_)
    own = cls.__module__.split(".")[0] == "sqlalchemy"
    parameters, passes_on = _parameters(cls)
    for name, default in parameters:
        value = _recovered(type_, name)
        if own:
            if value is not _MISSING and _worth_writing(type_, name, value, default):
                yield name, value
        elif value is _MISSING:
            raise UnwritableType(f"{cls.__qualname__} does not keep its argument {name}")
        elif default is _MISSING or _differs(value, default):
            yield name, value
    if passes_on and isinstance(type_, TypeDecorator):
        yield from _implementing_arguments(type_)


def _worth_writing(type_: TypeEngine[Any], name: str, value: Any, default: Any) -> bool:
    """Whether an argument of one of SQLAlchemy's own types says something about the column."""
    if name in _NEVER_WRITTEN or not _differs(value, default):
        return False
    if name == "impl" and type(value) is getattr(type(type_), "impl", None):
        return False
    # What remains is the application's handling of values, such as the pickler of PickleType.
    return isinstance(value, str | int | float | TypeEngine)


def _differs(value: Any, default: Any) -> bool:
    return not (value is default or (type(value) is type(default) and value == default))


def _recovered(type_: TypeEngine[Any], name: str) -> Any:
    # Not getattr: a class-level default was not given by anyone, and a decorator answers for
    # the type that it decorates.
    kept = vars(type_)
    return kept.get(name, kept.get(f"_{name}", _MISSING))


def _implementing_arguments(type_: TypeDecorator[Any]) -> Iterator[tuple[str, Any]]:
    """What a decorator without arguments of its own handed on to the type that it decorates."""
    declared = type(type_).impl
    made = type_.impl_instance if hasattr(type_, "impl_instance") else type_.impl
    if isinstance(declared, type) and type(made) is declared and not isinstance(made, Enum | ARRAY):
        yield from _arguments(made)


@cache
def _parameters(cls: Any) -> tuple[tuple[tuple[str, Any], ...], bool]:
    """Names and defaults of a constructor's parameters, and whether it passes others on."""
    found: dict[str, Any] = {}
    for ancestor in cls.__mro__:
        if "__init__" not in vars(ancestor) or ancestor is object:
            continue
        passes_on = False
        for parameter in list(inspect.signature(vars(ancestor)["__init__"]).parameters.values())[
            1:
        ]:
            if parameter.kind is parameter.VAR_KEYWORD:
                passes_on = True
            elif parameter.kind is not parameter.VAR_POSITIONAL:
                missing = parameter.default is parameter.empty
                found.setdefault(parameter.name, _MISSING if missing else parameter.default)
        if ancestor is TypeDecorator:
            return tuple(found.items()), True
        if not passes_on:
            break
    return tuple(found.items()), False
