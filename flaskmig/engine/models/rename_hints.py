"""What models say of their own past: ``info={"renamed_from": "mail"}``.

Of tables, columns, sequences, and of constraints and indexes.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Any, TypeAlias

import sqlalchemy as sa

from flaskmig.engine.comparing.renames import Kind, Rename, rename_of
from flaskmig.engine.models.metadata import Reader, is_left_out
from flaskmig.errors import ConfigurationError
from flaskmig.schema import QualifiedName

KEY = "renamed_from"

Item: TypeAlias = "sa.Table | sa.Column[Any] | sa.Constraint | sa.Index | sa.Sequence"


def rename_hints(
    metadata: Iterable[sa.MetaData], reader: Reader, *, without: Container[QualifiedName] = ()
) -> tuple[Rename, ...]:
    """The renames that the models name, done already or not; raises ConfigurationError.

    The former name of a table or sequence may have its schema before it, ``app.users``; without
    one it was in the schema that the thing is in. The tables ``without`` say nothing.
    """
    found: list[Rename] = []
    for collection in metadata:
        for table in collection.tables.values():
            if reader.table_name(table) not in without and not is_left_out(table):
                found += _of_table(table, reader)
        if reader.dialect.name == "postgresql":
            for sequence in collection._sequences.values():
                name = reader.qualified(sequence.name, sequence.schema)
                found += _of_whole("sequence", sequence, name, str(name), reader)
    return tuple(found)


def _of_table(table: sa.Table, reader: Reader) -> Iterator[Rename]:
    name = reader.table_name(table)
    yield from _of_whole("table", table, name, table.fullname, reader)
    for column in table.columns:
        former = _former(column, f"{table.fullname}.{column.name}")
        if former is not None:
            yield Rename("column", name, former, column.name)
    parts: tuple[tuple[Kind, Iterable[sa.Constraint | sa.Index]], ...] = (
        ("constraint", table.constraints),
        ("index", table.indexes),
    )
    for kind, items in parts:
        for item in items:
            if KEY in item.info:
                yield _of_part(kind, item, name, reader)


def _of_whole(
    kind: Kind, item: sa.Table | sa.Sequence, name: QualifiedName, label: str, reader: Reader
) -> Iterator[Rename]:
    former = _former(item, label)
    if former is not None:
        schema, dot, bare = former.rpartition(".")
        known = reader.qualified(bare, schema) if dot else QualifiedName(bare, name.schema)
        yield rename_of(kind, known, name)


def _of_part(
    kind: Kind, item: sa.Constraint | sa.Index, table: QualifiedName, reader: Reader
) -> Rename:
    own = reader.name_of(item)
    former = _former(item, f"{kind} {own or 'without a name'} of {table}")
    if own is None or former is None:
        raise ConfigurationError(
            f"a {kind} of {table} has {KEY} in its info and no name to be renamed to",
            hint="name it, or give the MetaData a naming convention",
        )
    return Rename(kind, table, former, own)


def _former(item: Item, label: str) -> str | None:
    found = item.info.get(KEY)
    if found is None or (isinstance(found, str) and found):
        return found
    raise ConfigurationError(
        f"{KEY} in the info of {label} is {found!r} and no name",
        hint=f'info={{"{KEY}": "the_old_name"}}',
    )
