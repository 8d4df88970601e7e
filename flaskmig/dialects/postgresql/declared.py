"""Reading views, functions, triggers and extensions from PostgreSQL's catalogue."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from flaskmig.dialects.postgresql import declared_queries as queries
from flaskmig.dialects.postgresql.catalog import (
    Reader,
    Row,
    named,
    option_pairs,
    read_indexes,
    spell_name,
)
from flaskmig.schema import (
    Extension,
    Function,
    OptionValue,
    QualifiedName,
    Trigger,
    View,
)
from flaskmig.schema.declared import NO_COLUMN

_TRUE = ("true", "on", "yes", "1")
_BOOLEANS = ("security_barrier", "security_invoker")
_OPENING = re.compile(r'CREATE OR REPLACE \w+ (?:"(?:[^"]|"")+"|[^"(])+(?=\()')
_KINDS = {"f": "FUNCTION", "p": "PROCEDURE"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredObjects:
    """What there is of SQL text beside tables."""

    views: tuple[View, ...] = ()
    functions: tuple[Function, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    extensions: tuple[Extension, ...] = ()


def read_declared(
    reader: Reader, schemas: Sequence[str], only: Collection[QualifiedName] | None
) -> DeclaredObjects:
    """What the schemas hold; ``only`` limits it to what has or stands on one of the names.

    Members of extensions, temporary ones and the clones of triggers on partitions are not
    among them.
    """
    if only is None:
        found = reader.rows(queries.THERE, schemas=schemas)
    else:
        found = reader.rows(queries.THERE_BY_NAME, **named(reader, only)) if only else []
    there = defaultdict[str, list[int]](list)
    for row in found:
        there[row["kind"]].append(row["oid"])
    return DeclaredObjects(
        views=tuple(read_views(reader, there["view"])),
        functions=tuple(read_functions(reader, there["function"])),
        triggers=tuple(read_triggers(reader, there["trigger"])),
        extensions=tuple(_extensions(reader, there["extension"])),
    )


def read_views(reader: Reader, oids: Sequence[int]) -> Iterator[View]:
    """The views and materialized views of these oids."""
    if not oids:
        return
    with reader.as_written():
        rows = reader.rows(queries.VIEWS, oids=oids)
    uses = defaultdict[int, list[tuple[QualifiedName, str]]](list)
    for use in reader.rows(queries.USES, oids=oids):
        column = use["column"] or NO_COLUMN
        uses[use["relation"]].append((reader.name(use["name"], use["schema"]), column))
    indexes = read_indexes(reader, [row["oid"] for row in rows if row["materialized"]])
    for row in rows:
        yield View(
            name=reader.name(row["name"], row["schema"]),
            definition=query_of(row["definition"]),
            materialized=row["materialized"],
            options=_options(row),
            indexes=tuple(indexes.get(row["oid"], ())),
            comment=row["comment"],
            uses=tuple(sorted(uses[row["oid"]])),
            output=tuple(zip(row["columns"], row["types"], strict=True)),
        )


def query_of(definition: str) -> str:
    """The query alone of what pg_get_viewdef answers."""
    return definition.strip().removesuffix(";")


def _options(row: Row) -> tuple[tuple[str, OptionValue], ...]:
    options: dict[str, OptionValue] = {}
    for name, value in option_pairs(row["storage"]):
        if row["materialized"]:
            options[f"with.{name}"] = value
        else:
            options[name] = value.lower() in _TRUE if name in _BOOLEANS else value
    if row["tablespace"] is not None:
        options["tablespace"] = row["tablespace"]
    return tuple(sorted((name, value) for name, value in options.items() if value is not False))


def read_functions(reader: Reader, oids: Sequence[int]) -> Iterator[Function]:
    """The functions and procedures of these oids, in their order."""
    if not oids:
        return
    with reader.as_written():
        rows = reader.rows(queries.FUNCTIONS, oids=oids)
    for row in rows:
        kind = _KINDS[row["kind"]]
        name = reader.name(row["name"], row["schema"])
        yield Function(
            name=name,
            arguments=row["identity"],
            definition=f"CREATE {kind} {spell_name(name)}" + _after_name(row["definition"]),
            comment=row["comment"],
            interface=f"{kind} ({row['arguments']}) {row['result']}".rstrip(),
        )


def _after_name(definition: str) -> str:
    """What follows the name in what pg_get_functiondef answers, from the parenthesis on."""
    opening = _OPENING.match(definition)
    assert opening is not None, definition
    return definition[opening.end() :].rstrip()


def read_triggers(reader: Reader, oids: Sequence[int]) -> Iterator[Trigger]:
    """The triggers of these oids."""
    if not oids:
        return
    with reader.as_written():
        rows = reader.rows(queries.TRIGGERS, oids=oids)
    for row in rows:
        yield Trigger(
            name=row["name"],
            table=reader.name(row["table"], row["schema"]),
            definition=row["definition"],
            comment=row["comment"],
        )


def _extensions(reader: Reader, oids: Sequence[int]) -> Iterator[Extension]:
    if not oids:
        return
    for row in reader.rows(queries.EXTENSIONS, oids=oids):
        schema = reader.name(row["name"], row["schema"]).schema
        yield Extension(name=row["name"], schema=schema, version=row["version"])
