"""Schemas and the way from one to another, for programs and tests.

    from flaskmig import engine

    difference = engine.diff(metadata, connection)
    if difference:
        print(difference)
        engine.apply(difference, connection)

Nothing here knows Flask or the command line. Names are loaded when they are first asked for:
`flask db current` compares nothing and must not wait for what does.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import MetaData
    from sqlalchemy.engine import Connection
    from sqlalchemy.engine import Dialect as SQLAlchemyDialect

    from flaskmig.engine.detecting.differences import Diff, diff
    from flaskmig.engine.detecting.sources import introspect
    from flaskmig.engine.plans.planned import Plan
    from flaskmig.schema import Schema
    from flaskmig.snapshots import Snapshot

__all__ = ["Diff", "Schema", "Snapshot", "apply", "diff", "introspect", "plan", "read_metadata"]

_HOME = {
    "Diff": "flaskmig.engine.detecting.differences",
    "Schema": "flaskmig.schema",
    "Snapshot": "flaskmig.snapshots",
    "diff": "flaskmig.engine.detecting.differences",
    "introspect": "flaskmig.engine.detecting.sources",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'flaskmig.engine' has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def read_metadata(
    metadata: MetaData | Sequence[MetaData],
    dialect: str | SQLAlchemyDialect,
    *,
    default_schema: str | None = None,
) -> Schema:
    """The schema that models ask for on "sqlite" or "postgresql"; raises ConfigurationError."""
    from flaskmig.dialects import dialect_named
    from flaskmig.engine.models import metadata as models

    name = dialect if isinstance(dialect, str) else dialect.name
    server: Any = None if isinstance(dialect, str) else dialect
    return models.read_metadata(
        metadata, dialect_named(name), default_schema=default_schema, server=server
    )


def plan(difference: Diff, connection: Connection) -> Plan:
    """The statements that `apply` would run on this connection, with their locks and hazards."""
    from flaskmig.dialects import dialect_of
    from flaskmig.engine.plans.planning import plan_operations

    return plan_operations(difference.operations, difference.current, dialect_of(connection))


def apply(difference: Diff, connection: Connection) -> None:
    """Make the difference go: all of it in one step, but for what cannot be in a transaction.

    Such statements end the step before them and run by themselves. Where the process dies, the
    steps that were finished stay; a diff made anew says what is left. Nothing is recorded in
    the history. Raises UnsupportedOperationError, LockTimeoutError; a driver's error passes.
    """
    from flaskmig.engine.executing.applied import apply_operations

    apply_operations(difference.operations, difference.current, connection)
