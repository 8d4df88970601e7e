"""All that a database holds in some of its schemas."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.engine import Connection

from flaskmig.dialects.postgresql import queries
from flaskmig.dialects.postgresql.catalog import (
    named,
    pinned,
    read_enum,
    read_sequence,
    read_tables,
)
from flaskmig.dialects.postgresql.declared import read_declared
from flaskmig.schema import QualifiedName, Schema


def introspect(
    connection: Connection,
    *,
    schemas: Collection[str] = (),
    only: Collection[QualifiedName] | None = None,
    without: Collection[QualifiedName] = (),
) -> Schema:
    """What the default schema and ``schemas`` hold.

    ``only`` limits the tables, views and functions, and the triggers to theirs; the tables
    named by ``without`` are not read.
    """
    with pinned(connection, schemas) as reader:
        places = [reader.default_schema, *reader.schemas]
        found = [place for place in dict.fromkeys(places) if place]
        declared = read_declared(reader, found, only)
        if only is None:
            relations = reader.rows(queries.RELATIONS_OF_SCHEMAS, schemas=found)
        else:
            relations = reader.rows(queries.RELATIONS_BY_NAME, **named(reader, only))
            found = list(dict.fromkeys([*found, *(name.schema for name in only if name.schema)]))
        if without:
            left_out = frozenset(without)
            relations = [
                row for row in relations if reader.name(row["name"], row["schema"]) not in left_out
            ]
        tables = read_tables(reader, relations)
        enums = reader.rows(queries.ENUMS_OF_SCHEMAS, schemas=found)
        sequences = reader.rows(queries.SEQUENCES_OF_SCHEMAS, schemas=found)
        return Schema(
            tables=tuple(tables),
            enums=tuple(read_enum(reader, row) for row in enums),
            sequences=tuple(read_sequence(reader, row) for row in sequences),
            views=declared.views,
            functions=declared.functions,
            triggers=declared.triggers,
            extensions=declared.extensions,
            schemas=tuple(name for name in reader.schemas if name != reader.default_schema),
        )
