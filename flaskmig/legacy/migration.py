"""``alembic.migration``: the context of the run that a revision is part of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flaskmig.engine.calls.context import Context
from flaskmig.engine.files.serving import outside
from flaskmig.engine.migrating.migration import current
from flaskmig.errors import UnsupportedOperationError
from flaskmig.legacy import op

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

__all__ = ["MigrationContext"]

_THEIRS = "alembic.runtime.migration"


class _Contexts(type):
    def __instancecheck__(cls, instance: object) -> bool:
        theirs = outside(_THEIRS)
        return isinstance(instance, Context if theirs is None else theirs.MigrationContext)


class MigrationContext(metaclass=_Contexts):
    """What ``op.get_context()`` returns is one of these."""

    def __new__(cls, *arguments: Any, **options: Any) -> Any:
        """Alembic's own outside of revision files; refused inside of one."""
        theirs = outside(_THEIRS)
        if theirs is None:
            raise _another()
        return theirs.MigrationContext(*arguments, **options)

    @classmethod
    def configure(
        cls,
        connection: Connection | None = None,
        url: Any = None,
        dialect_name: str | None = None,
        dialect: Any = None,
        **options: Any,
    ) -> Any:
        """The context of the running migration, for its own connection.

        Outside of revision files it is Alembic's own.
        Raises UnsupportedOperationError for another one: what ran there would be no part of the
        revision, and would not be undone with it.
        """
        theirs = outside(_THEIRS)
        if theirs is not None:
            make = theirs.MigrationContext.configure
            return make(connection, url, dialect_name, dialect, **options)
        migration = current()
        if connection is None:
            name = dialect_name or getattr(dialect, "name", None)
            if url is not None or name != migration.dialect.name:
                raise _another()
        elif _driver_connection(connection) is not _driver_connection(op.get_bind()):
            raise _another()
        return op.get_context()


def _driver_connection(connection: Any) -> Any:
    """What tells one connection from another; without a database there is one alone."""
    if current().as_sql:
        return connection.dialect.name
    return connection.connection.dbapi_connection


def _another() -> UnsupportedOperationError:
    return UnsupportedOperationError(
        "a revision cannot make a MigrationContext for another connection than its own",
        hint="use op.get_context(), or MigrationContext.configure(op.get_bind()); another "
        "database has a bind of its own",
    )
