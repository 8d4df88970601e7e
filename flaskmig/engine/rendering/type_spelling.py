"""A type that only the database knows, from the catalogue's spelling to SQLAlchemy's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from flaskmig.engine.rendering.python_source import call, literal
from flaskmig.schema import QualifiedName, Source, Type

Argument: TypeAlias = "str | int | bool"

SA_IMPORT = "import sqlalchemy as sa"
POSTGRESQL_IMPORT = "from sqlalchemy.dialects import postgresql"

_SPELLED = re.compile(r"(?P<name>[A-Za-z_][\w ]*?)\s*(?:\((?P<arguments>[\d\s,-]*)\))?\Z")
_TIME = re.compile(r"(timestamp|time)(?:\((\d+)\))? (with|without) time zone\Z")
_INTERVAL = re.compile(r"interval(?: ([a-z ]+?))?(?:\((\d+)\))?\Z")

# How both databases spell a type, the name in SQLAlchemy, and its arguments in order. What is
# here compiles to just that spelling again on the database that it came from.
_GENERIC: dict[str, tuple[str, tuple[str, ...]]] = {
    "smallint": ("SmallInteger", ()),
    "integer": ("Integer", ()),
    "bigint": ("BigInteger", ()),
    "boolean": ("Boolean", ()),
    "text": ("Text", ()),
    "date": ("Date", ()),
    "real": ("REAL", ()),
    "float": ("Float", ()),
    "double": ("Double", ()),
    "double precision": ("DOUBLE_PRECISION", ()),
    "numeric": ("Numeric", ("precision", "scale")),
    "decimal": ("DECIMAL", ("precision", "scale")),
    "varchar": ("String", ("length",)),
    "character varying": ("String", ("length",)),
    "char": ("CHAR", ("length",)),
    "character": ("CHAR", ("length",)),
    "nvarchar": ("NVARCHAR", ("length",)),
    "nchar": ("NCHAR", ("length",)),
    "clob": ("CLOB", ()),
    "blob": ("LargeBinary", ()),
    "bytea": ("LargeBinary", ()),
    "datetime": ("DateTime", ()),
    "timestamp": ("TIMESTAMP", ()),
    "time": ("Time", ()),
    "json": ("JSON", ()),
    "uuid": ("UUID", ()),
}
_POSTGRESQL: dict[str, tuple[str, tuple[str, ...]]] = {
    name: (name.upper(), ())
    for name in (
        "jsonb", "inet", "cidr", "macaddr", "macaddr8", "money", "oid", "regclass", "tsvector",
        "tsquery", "citext", "hstore", "int4range", "int8range", "numrange", "daterange",
        "tsrange", "tstzrange", "int4multirange", "int8multirange", "nummultirange",
        "datemultirange", "tsmultirange", "tstzmultirange",
    )
} | {"bit": ("BIT", ("length",))}  # fmt: skip
_COLLATED = frozenset({"String", "Text", "CHAR", "NVARCHAR", "NCHAR", "CLOB", "CITEXT"})


@dataclass(frozen=True, slots=True)
class TypeCall:
    """A call that makes the type: ``sa.String(length=80)`` is TypeCall("sa", "String", …).

    ``item`` is the element of an array; ``module`` "op" stands for ``op.sql_type("…")``.
    """

    module: str
    name: str
    keywords: tuple[tuple[str, Argument], ...] = ()
    arguments: tuple[str, ...] = ()
    item: TypeCall | None = None

    def source(self) -> Source:
        inner = self.item.source() if self.item else None
        arguments = [inner.code] if inner else [literal(value) for value in self.arguments]
        keywords = {name: literal(value) for name, value in self.keywords}
        own = {"sa": SA_IMPORT, "postgresql": POSTGRESQL_IMPORT}.get(self.module)
        imports = {*(inner.imports if inner else ()), *((own,) if own else ())}
        return Source(
            call(f"{self.module}.{self.name}", arguments, keywords), tuple(sorted(imports))
        )


def source_of(type_: Type, collation: str | None = None) -> Source:
    """How a revision file writes the type: its own source, or one made of its SQL."""
    return type_.source or call_for(type_.sql, type_.enum, collation).source()


@lru_cache(maxsize=1024)
def call_for(sql: str, enum: QualifiedName | None = None, collation: str | None = None) -> TypeCall:
    """The call that makes the type which the database spells so."""
    array = sql.endswith("[]")
    item = sql[:-2] if array else sql
    found = _enum(enum) if enum else _known(item, collation)
    if found is None:
        collate = ' COLLATE "' + collation.replace('"', '""') + '"' if collation else ""
        return TypeCall("op", "sql_type", (), (sql + collate,))
    return TypeCall("postgresql", "ARRAY", item=found) if array else found


def _enum(name: QualifiedName) -> TypeCall:
    schema = (("schema", name.schema),) if name.schema else ()
    return TypeCall("postgresql", "ENUM", (("name", name.name), *schema, ("create_type", False)))


def _known(sql: str, collation: str | None) -> TypeCall | None:
    time = _TIME.match(sql)
    if time:
        return _time(time[1], time[2], zone=time[3] == "with")
    interval = _INTERVAL.match(sql)
    if interval:
        return _interval(interval[1], interval[2])
    spelled = _SPELLED.match(sql)
    if spelled is None:
        return None
    numbers = [int(number) for number in (spelled["arguments"] or "").split(",") if number.strip()]
    name = spelled["name"].lower()
    if name == "bit varying":
        length = (("length", numbers[0]),) if numbers else ()
        return TypeCall("postgresql", "BIT", (*length, ("varying", True)))
    for module, table in (("sa", _GENERIC), ("postgresql", _POSTGRESQL)):
        if name in table:
            made, parameters = table[name]
            if len(numbers) > len(parameters):
                return None
            keywords: list[tuple[str, Argument]] = list(zip(parameters, numbers, strict=False))
            if collation:
                if made not in _COLLATED:
                    return None
                keywords.append(("collation", collation))
            return TypeCall(module, made, tuple(keywords))
    return None


def _time(word: str, precision: str | None, *, zone: bool) -> TypeCall:
    timezone: tuple[tuple[str, Argument], ...] = (("timezone", True),) if zone else ()
    if precision is None:
        return TypeCall("sa", "DateTime" if word == "timestamp" else "Time", timezone)
    return TypeCall("postgresql", word.upper(), (*timezone, ("precision", int(precision))))


def _interval(fields: str | None, precision: str | None) -> TypeCall:
    keywords: list[tuple[str, Argument]] = []
    if fields:
        keywords.append(("fields", fields.upper()))
    if precision is not None:
        keywords.append(("precision", int(precision)))
    return TypeCall("postgresql", "INTERVAL", tuple(keywords))
