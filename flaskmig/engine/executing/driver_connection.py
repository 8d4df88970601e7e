"""The driver's connection below the one of a revision file: it ends no transaction either."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

from flaskmig.errors import UnsupportedOperationError
from flaskmig.sql import split

if TYPE_CHECKING:
    from flaskmig.engine.executing.revision_connection import RevisionConnection

_OWN = frozenset({"_given", "_above"})
# With psycopg2 a new level rolls back what was done; the others begin or end a transaction too.
_LEVELS = frozenset({"autocommit", "isolation_level", "deferrable", "readonly", "read_only"})
_SETTERS = frozenset({"set_session", *(f"set_{level}" for level in _LEVELS)})


class DriverConnection:
    """What ``op.get_bind().connection`` is; ``given`` is SQLAlchemy's, of which it has the rest.

    What ends a transaction is that of ``above``, and so are scripts, before which the driver of
    SQLite commits.
    """

    _given: Any
    _above: RevisionConnection

    def __init__(self, given: Any, above: RevisionConnection) -> None:
        object.__setattr__(self, "_given", given)
        object.__setattr__(self, "_above", above)

    def cursor(self, *arguments: Any, **options: Any) -> Any:
        """A cursor of the driver's."""
        if not isinstance(self._given.dbapi_connection, sqlite3.Connection):
            return self._given.cursor(*arguments, **options)
        cursor = self._given.cursor(*arguments, **{"factory": _Cursor, **options})
        if isinstance(cursor, _Cursor):
            cursor.above = self._above
        return cursor

    def commit(self) -> None:
        """What the connection's own does."""
        self._above.commit()

    def rollback(self) -> None:
        """What the connection's own does."""
        self._above.rollback()

    def close(self) -> None:
        """What the connection's own does."""
        self._above.close()

    def detach(self) -> None:
        """What the connection's own does."""
        self._above.detach()

    def __getattr__(self, name: str) -> Any:
        if name in _SETTERS:
            return _refuse
        found = getattr(self._given, name)
        if name == "executescript":
            return self.cursor().executescript
        return found

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _LEVELS:
            _refuse()
        setattr(self._given.dbapi_connection, name, value)


class _Cursor(sqlite3.Cursor):
    """The driver's cursor, with scripts that stay in the transaction."""

    above: RevisionConnection

    def executescript(self, script: str) -> _Cursor:
        for statement in split(script, "sqlite"):
            self.above.exec_driver_sql(statement)
        return self


def _refuse(*_: object, **__: object) -> None:
    raise UnsupportedOperationError(
        "the isolation level of a transaction that is open cannot be changed",
        hint="what cannot be in a transaction goes into "
        "`with op.get_context().autocommit_block():`",
    )
