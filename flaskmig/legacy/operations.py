"""``alembic.operations``: the calls as an object, and the operations that are registered."""

from __future__ import annotations

from flaskmig.engine.calls.custom import ops
from flaskmig.engine.calls.custom.abstract import AbstractOperations
from flaskmig.engine.calls.custom.operations import BatchOperations, Operations
from flaskmig.engine.calls.custom.ops import MigrateOperation, MigrationScript

__all__ = [
    "AbstractOperations",
    "BatchOperations",
    "MigrateOperation",
    "MigrationScript",
    "Operations",
    "ops",
]
