"""Events that SQLAlchemy fires around a table that is made or dropped.

Types and plugins listen to them: a domain is made before the first table that has it, and PostGIS
wants its columns registered. Enum types are operations of their own and not made here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine.mock import MockConnection

from flaskmig.engine.migrating.migration import Migration

Moment = Literal["create", "drop"]


@contextmanager
def fired(migration: Migration, table: sa.Table, moment: Moment) -> Iterator[None]:
    """Call the listeners of the table: those to ``before_…``, the block, those to ``after_…``."""
    _fire(migration, table, f"before_{moment}")
    yield
    _fire(migration, table, f"after_{moment}")


def _fire(migration: Migration, table: sa.Table, event: str) -> None:
    listeners: list[Callable[..., object]] = [
        each for each in getattr(table.dispatch, event) if not _is_done_here(each)
    ]
    if listeners:
        bind = _bind(migration)
        for listener in listeners:
            listener(table, bind, checkfirst=False)


def _bind(migration: Migration) -> Any:
    """What listeners run their statements on; in a script it writes them down."""
    if not migration.as_sql:
        return migration.connection()

    def write(statement: Any, *_: Any, **__: Any) -> None:
        migration.execute(statement)

    return MockConnection(migration.sqlalchemy_dialect, write)


def _is_done_here(listener: Any) -> bool:
    """Whether it belongs to a type whose making is an operation, or that makes nothing."""
    # A partial of a bound method; SQLAlchemy 2.0 has a class of its own for such.
    method = getattr(listener, "func", listener)
    owner = getattr(method, "__self__", None) or getattr(listener, "target", None)
    return isinstance(owner, sa.Enum | sa.Boolean)
