"""The databases that flaskmig speaks to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flaskmig.errors import ConfigurationError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine

    from flaskmig.dialects.base import Dialect

NAMES = ("sqlite", "postgresql")


def dialect_named(name: str) -> Dialect:
    """The dialect for SQLAlchemy's name of a database; raises ConfigurationError."""
    if name == "sqlite":
        from flaskmig.dialects.sqlite import SQLite

        return SQLite()
    if name == "postgresql":
        from flaskmig.dialects.postgresql import PostgreSQL

        return PostgreSQL()
    raise ConfigurationError(
        f"flaskmig does not speak to {name} databases",
        hint=f"use one of {', '.join(NAMES)}",
    )


def dialect_of(bind: Connection | Engine) -> Dialect:
    """The dialect of a SQLAlchemy connection or engine; raises ConfigurationError."""
    return dialect_named(bind.dialect.name)
