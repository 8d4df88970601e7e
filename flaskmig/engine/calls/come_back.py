"""What goes with a column that a batch drops, where one of its name comes in the same batch."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from flaskmig.engine.migrating.migration import Migration
from flaskmig.operations import AddConstraint, CreateIndex, Operation
from flaskmig.schema import PrimaryKey, Table, constraint_columns


def restore(
    migration: Migration, before: Table, columns: Collection[str], dropped: Collection[str | None]
) -> None:
    """Make the indexes and constraints of ``before`` anew that were on such ``columns``.

    Those in ``dropped`` went by calls of their own.
    """
    if columns:
        after = migration.table(before.name)
        migration.run(*_lost(before, after, set(columns), dropped))


def _lost(
    before: Table, after: Table, columns: set[str], dropped: Collection[str | None]
) -> Iterator[Operation]:
    def is_wanted(name: str | None, of: tuple[str, ...]) -> bool:
        touched = columns & set(of) and name not in dropped
        return bool(touched) and all(after.has_column(column) for column in of)

    for constraint in before.constraints:
        if isinstance(constraint, PrimaryKey) or constraint in after.constraints:
            continue
        if is_wanted(constraint.name, constraint_columns(constraint)):
            yield AddConstraint(table=before.name, constraint=constraint)
    here = {index.name for index in after.indexes}
    for index in before.indexes:
        if index.name not in here and is_wanted(index.name, index.columns):
            yield CreateIndex(table=before.name, index=index)
