"""``copy_from``: a table is to be as a file says before the calls of a batch change it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import sqlalchemy as sa

from flaskmig import sql
from flaskmig.engine.calls import stubs
from flaskmig.engine.comparing.compare import compare
from flaskmig.engine.comparing.order import order
from flaskmig.engine.detecting.settled import Settler
from flaskmig.engine.migrating.carried import NotPlannedError
from flaskmig.engine.migrating.migration import Migration
from flaskmig.errors import ObjectNotFoundError
from flaskmig.operations import AddColumn, DropColumn, DropConstraint, DropIndex, Operation
from flaskmig.schema import QualifiedName, Schema, Settings, Table


def take_over(migration: Migration, name: QualifiedName, said: sa.Table) -> None:
    """Make the table what ``said`` is, but for what a `sqlalchemy.Table` may leave unsaid.

    Where a script is written and the table is not known, it is what ``said`` says. Raises
    ObjectNotFoundError for a column that the table does not have, since nothing says what the
    rows have in it.
    """
    wanted = replace(stubs.read(migration, said), name=name)
    if migration.dialect.name != "sqlite":
        migration.warn_once("copy_from= is left out: no table is copied on this database")
        return
    try:
        current = migration.table(name)
    except NotPlannedError:
        migration.before.assume(wanted)
        return
    wanted = _completed(wanted, current)
    for operation in _changes(migration, current, wanted):
        if isinstance(operation, AddColumn):
            raise ObjectNotFoundError(
                f"table {name} has no column {operation.column.name}, which copy_from= has",
                hint="add it in the block: batch_op.add_column(…)",
            )
        if isinstance(operation, DropColumn | DropConstraint | DropIndex):
            migration.warn_once(f"what copy_from= does not have goes: {operation}")
        migration.run(operation)


def _changes(migration: Migration, current: Table, wanted: Table) -> Iterator[Operation]:
    before, after = Schema(tables=(current,)), Schema(tables=(wanted,))
    equivalent = partial(sql.equivalent, dialect=migration.dialect.name)
    settled = Settler(migration.dialect, None, equivalent).settle(before, after)
    yield from order(compare(before, settled, equivalent=equivalent))


def _completed(wanted: Table, current: Table) -> Table:
    """With what the file may well have left unsaid because it was never reflected."""
    known = {column.name: column for column in current.columns}
    columns = []
    for column in wanted.columns:
        found = known.get(column.name)
        if found is not None:
            column = replace(
                column,
                collation=column.collation or found.collation,
                on_null=column.on_null or (None if column.nullable else found.on_null),
                autoincrement=column.autoincrement or found.autoincrement,
            )
        columns.append(column)
    options = {**dict(current.settings.options), **dict(wanted.settings.options)}
    settings = Settings(comment=None, options=tuple(sorted(options.items())))
    return replace(wanted, columns=tuple(columns), settings=settings)
