"""What models say of their own past: ``info={"renamed_from": "mail"}`` of tables and columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from flaskmig.engine.comparing.renames import Rename, rename_of
from flaskmig.engine.models.metadata import Reader, is_left_out
from flaskmig.errors import ConfigurationError
from flaskmig.schema import QualifiedName

KEY = "renamed_from"


def rename_hints(metadata: Iterable[sa.MetaData], reader: Reader) -> tuple[Rename, ...]:
    """The renames that the models name, done already or not; raises ConfigurationError.

    A table's former name may have its schema before it, ``app.users``; without one it was in the
    schema that the table is in.
    """
    return tuple(
        hint
        for collection in metadata
        for table in collection.tables.values()
        if not is_left_out(table)
        for hint in _hints(table, reader)
    )


def _hints(table: sa.Table, reader: Reader) -> Iterator[Rename]:
    name = reader.table_name(table)
    former = _former(table, table.fullname)
    if former is not None:
        schema, dot, bare = former.rpartition(".")
        known = reader.qualified(bare, schema) if dot else QualifiedName(bare, name.schema)
        yield rename_of("table", known, name)
    for column in table.columns:
        former = _former(column, f"{table.fullname}.{column.name}")
        if former is not None:
            yield Rename("column", name, former, column.name)


def _former(item: sa.Table | sa.Column[Any], name: str) -> str | None:
    found = item.info.get(KEY)
    if found is None or (isinstance(found, str) and found):
        return found
    raise ConfigurationError(
        f"{KEY} in the info of {name} is {found!r} and no name",
        hint=f'info={{"{KEY}": "the_old_name"}}',
    )
