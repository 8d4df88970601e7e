"""Calls about indexes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from flaskmig.engine.calls import stubs
from flaskmig.engine.calls.spellings import spelled
from flaskmig.engine.migrating.carried import NotPlannedError
from flaskmig.engine.migrating.migration import Migration, current
from flaskmig.errors import ObjectNotFoundError
from flaskmig.operations import CreateIndex, DropIndex, RenameIndex
from flaskmig.schema import Index, QualifiedName, Table


@spelled(old={"name": "index_name", "tablename": "table_name"}, then=["schema", "unique"])
def create_index(
    index_name: str | None,
    table_name: str,
    columns: Sequence[Any],
    *,
    schema: str | None = None,
    unique: bool = False,
    if_not_exists: bool | None = None,
    postgresql_concurrently: bool = False,
    **options: Any,
) -> None:
    """Make an index on columns (by name) or expressions (`text` or SQLAlchemy's)."""
    migration = current()
    name = migration.name(table_name, schema)
    known = stubs.construct_options(migration, "create_index", options, ("quote", "info"))
    made = _index(index_name, table_name, schema, columns, {**known, "unique": unique})
    index = migration.reader.index(made)
    concurrently = postgresql_concurrently and migration.dialect.name == "postgresql"
    operation = CreateIndex(table=name, index=index, concurrently=concurrently)
    if if_not_exists:
        migration.run_if_needed(operation, not _has_index(migration, name, index.name))
    else:
        migration.run(operation)


@spelled(old={"name": "index_name", "tablename": "table_name"}, then=["schema"])
def drop_index(
    index_name: str,
    table_name: str | None = None,
    *,
    schema: str | None = None,
    if_exists: bool | None = None,
    postgresql_concurrently: bool = False,
    **options: Any,
) -> None:
    """Drop an index; without a table's name it is looked for where the database needs one.

    What else is said of it, as to `create_index`, is left out.
    """
    migration = current()
    stubs.construct_options(migration, "drop_index", options, _OF_AN_INDEX)
    index_name = migration.reader.cut(_conventional(index_name, table_name, schema))
    name, table = _owner(migration, index_name, table_name, schema, look=bool(if_exists))
    found = _index_of(table, index_name) if table else None
    if found is None and table is not None and not if_exists:
        raise ObjectNotFoundError(
            f"table {table.name} has no index {index_name}",
            hint=f"it has {', '.join(index.name for index in table.indexes) or 'none'}",
        )
    index = found or Index(name=index_name, parts=())
    concurrently = postgresql_concurrently and migration.dialect.name == "postgresql"
    operation = DropIndex(table=name, index=index, concurrently=concurrently)
    if if_exists:
        migration.run_if_needed(operation, found is not None)
    else:
        migration.run(operation)


def rename_index(
    index_name: str, new_index_name: str, table_name: str, *, schema: str | None = None
) -> None:
    """Give an index another name."""
    migration = current()
    name = migration.name(table_name, schema)
    before, after = (migration.reader.cut(each) for each in (index_name, new_index_name))
    migration.run(RenameIndex(table=name, before=before, after=after))


_OF_AN_INDEX = ("columns", "column_name", "unique", "quote", "info")


def _conventional(name: str, table: str | None, schema: str | None) -> str:
    """What the models' naming convention makes of the name of an index that is dropped."""
    made = sa.Index(name, sa.text("x"))
    stubs.with_columns(table or "no_table", schema, ()).append_constraint(made)
    return str(made.name)


def _index(
    name: str | None,
    table: str,
    schema: str | None,
    columns: Sequence[Any],
    options: dict[str, Any],
) -> sa.Index:
    """The index on a stand-in for its table, unless its expressions bring a real one along."""
    names = [column for column in columns if isinstance(column, str)]
    included = options.get("postgresql_include") or ()
    names += [column for column in included if isinstance(column, str)]
    stub = stubs.with_columns(table, schema, names)
    parts = [stub.c[column] if isinstance(column, str) else column for column in columns]
    made = sa.Index(name, *parts, **options)
    if made.table is None and "constraint_name" in str(stub.metadata.naming_convention.get("ix")):
        # Only an index of a table has a name by the convention.
        stub.append_constraint(made)
    return made


def _has_index(migration: Migration, table: QualifiedName, index: str) -> bool:
    found = migration.find_if_known(table)
    if found is None and not migration.sink.unseen:
        raise ObjectNotFoundError(f"there is no table {table}")
    return found is not None and _index_of(found, index) is not None


def _index_of(table: Table, name: str) -> Index | None:
    for index in table.indexes:
        if index.name == name or index.name.lower() == name.lower():
            return index
    return None


def _table_of(migration: Migration, index: str, schema: str | None) -> Table | None:
    try:
        return migration.table_of_index(index, schema)
    except NotPlannedError:
        if not migration.sink.unseen:
            raise
        return None


def _owner(
    migration: Migration, index: str, table: str | None, schema: str | None, *, look: bool
) -> tuple[QualifiedName, Table | None]:
    """The table's name, and the table as far as the statement needs it."""
    if table is not None:
        name = migration.name(table, schema)
        return name, migration.find_if_known(name) if look else migration.glimpse(name)
    if migration.dialect.name == "postgresql" and not look:
        # PostgreSQL finds an index by its own name.
        return migration.name("", schema), None
    found = _table_of(migration, index, migration.name("", schema).schema)
    if found is None and not look:
        raise ObjectNotFoundError(f"there is no index {index}")
    return (found.name if found else migration.name("", schema)), found
