"""Names by a naming convention, for constraints that have none in the database."""

from __future__ import annotations

from flaskmig.engine.calls.constraint_search import conventional_name
from flaskmig.engine.migrating.migration import Migration
from flaskmig.operations import RenameConstraint
from flaskmig.schema import QualifiedName


def give(migration: Migration, name: QualifiedName) -> None:
    """Give each constraint of the table without a name the one by ``naming_convention``."""
    table = migration.table(name)
    for constraint in table.constraints:
        if constraint.name is None:
            after = conventional_name(migration, table, constraint)
            if after is not None:
                migration.run(RenameConstraint(table=name, constraint=constraint, after=after))
