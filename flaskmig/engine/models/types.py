"""SQLAlchemy types as the database spells them."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.types import ARRAY, Enum, TypeDecorator, TypeEngine

from flaskmig.engine.models.expressions import Expressions, exact
from flaskmig.engine.rendering.type_source import UnwritableType, write_type
from flaskmig.errors import ConfigurationError
from flaskmig.schema import Enum as EnumObject
from flaskmig.schema import QualifiedName, Source, Type

_COLLATE = re.compile(r'\s+COLLATE\s+(?:"(?P<quoted>(?:[^"]|"")+)"|(?P<bare>\w+))\s*\Z', re.I)
# What a database calls its default, and SQLite's own, which know no case.
_DEFAULTS: dict[str, dict[str, str | None]] = {
    "postgresql": {"default": None},
    "sqlite": {"binary": None, "nocase": "NOCASE", "rtrim": "RTRIM"},
}
_SERIAL = re.compile(r"\s*(?:SMALL|BIG)?SERIAL[248]?\s*\Z", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadType:
    """A type, and what SQLAlchemy makes part of it that belongs to the column."""

    type: Type
    collation: str | None = None
    serial: bool = False


class ModelTypes:
    """Reads types for one database."""

    def __init__(self, expressions: Expressions, spell: Callable[[str], str]) -> None:
        self._expressions = expressions
        self._dialect = expressions.dialect
        self._spell = spell
        self._native_enums = bool(self._dialect.supports_native_enum)
        self._spelled: dict[str, tuple[str, str | None, bool]] = {}
        self._known: dict[Hashable, ReadType] = {}

    def read(self, type_: TypeEngine[Any]) -> ReadType:
        """The type of a column; raises ConfigurationError for one without SQL on this database."""
        state = type_state(type_)
        found = self._known.get(state) if state is not None else None
        if found is None:
            found = self._read(type_)
            if state is not None:
                self._known[state] = found
        return found

    def _read(self, type_: TypeEngine[Any]) -> ReadType:
        enum = self.native_enum(type_)
        name = self.enum_name(enum) if enum is not None else None
        sql, collation, serial = self._sql(self._compiled(type_, enum))
        return ReadType(
            type=Type(sql=sql, source=self._source(type_), enum=name),
            collation=collation,
            serial=serial,
        )

    def native_enum(self, type_: TypeEngine[Any]) -> Enum | None:
        """The enum type of the database that the type, or its array element, is."""
        return self._enum(type_) if self._native_enums else None

    def _enum(self, type_: TypeEngine[Any]) -> Enum | None:
        made = self._implementing(type_)
        if isinstance(made, ARRAY):
            made = self._implementing(made.item_type)
        return made if isinstance(made, Enum) and made.native_enum else None

    def enum_object(self, enum: Enum) -> EnumObject:
        return EnumObject(
            name=self.enum_name(enum), values=tuple(exact(value) for value in enum.enums)
        )

    def enum_name(self, enum: Enum) -> QualifiedName:
        if not enum.name:
            raise ConfigurationError(
                f"an Enum of {', '.join(enum.enums)} has no name, which {self._dialect.name} needs",
                hint="give it one: sa.Enum(…, name=…)",
            )
        return self._expressions.qualified(enum.name, enum.schema)

    def _implementing(self, type_: TypeEngine[Any]) -> TypeEngine[Any]:
        """The type below decorators and variants."""
        while True:
            variant = type_._variant_mapping.get(self._dialect.name)
            if variant is not None:
                type_ = variant
            elif isinstance(type_, TypeDecorator):
                made = type_.dialect_impl(self._dialect)
                below = made.impl if isinstance(made, TypeDecorator) else made
                assert isinstance(below, TypeEngine)
                type_ = below
            else:
                return type_

    def _compiled(self, type_: TypeEngine[Any], enum: Enum | None) -> str:
        try:
            sql = exact(self._dialect.type_compiler_instance.process(type_))
        except (SQLAlchemyError, NotImplementedError, AttributeError) as error:
            raise ConfigurationError(
                f"{self._dialect.name} has no type for {type_!r}: {error}",
                hint="give the column a type that this database has, or a variant for it",
            ) from error
        if enum is not None and enum.schema and self._expressions.schema(enum.schema) is None:
            prefix = self._dialect.identifier_preparer.quote_schema(enum.schema) + "."
            sql = sql.removeprefix(prefix)
        return sql

    def _sql(self, compiled: str) -> tuple[str, str | None, bool]:
        found = self._spelled.get(compiled)
        if found is None:
            collation = None
            match = _COLLATE.search(compiled)
            if match:
                quoted = match["quoted"]
                collation = quoted.replace('""', '"') if quoted else match["bare"]
                collation = _DEFAULTS[self._dialect.name].get(collation.lower(), collation)
            sql = compiled[: match.start()] if match else compiled
            serial = self._dialect.name == "postgresql" and bool(_SERIAL.match(sql))
            found = self._spelled[compiled] = (self._spell(sql), collation, serial)
        return found

    def _source(self, type_: TypeEngine[Any]) -> Source | None:
        """The type as it is written, else what it stands for, else what its SQL will do for."""
        for candidate in (type_, self._implementing(type_)):
            try:
                source = write_type(candidate, native_enums=self._native_enums)
            except UnwritableType:
                continue
            return replace(source, enum=self._enum_elsewhere(type_))
        return None

    def _enum_elsewhere(self, type_: TypeEngine[Any]) -> QualifiedName | None:
        """The enum type that a database with enums makes for what is written here."""
        enum = None if self._native_enums else self._enum(type_)
        return self.enum_name(enum) if enum is not None and enum.name else None


# Of no matter for the SQL: who listens to the type, and what an enum looks values up in.
_ASIDE = frozenset({"dispatch", "_valid_lookup", "_object_lookup"})


def type_state(type_: TypeEngine[Any]) -> Hashable | None:
    """All that a type is made of; None for what may be made of more than can be compared."""
    state = _parts(type_)
    try:
        hash(state)
    except TypeError:
        return None
    return state


def _parts(type_: TypeEngine[Any]) -> tuple[Any, ...] | None:
    """The class and the attributes of a type of SQLAlchemy's own; not all of them have a hash."""
    cls = type(type_)
    if not cls.__module__.startswith("sqlalchemy."):
        return None
    held = vars(type_)
    if "dispatch" not in held:
        return (cls, *held, *held.values())
    parts = ((name, part) for name, part in held.items() if name not in _ASIDE)
    return (cls, *((name, tuple(part) if type(part) is list else part) for name, part in parts))
