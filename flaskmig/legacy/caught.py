"""Errors of calls, such that a file that catches what Alembic raises there catches them too.

Alembic leaves it to the database to say that something is not there, and the driver's error is
what comes out; in a batch that rebuilds a table it looks by itself, and raises ValueError,
KeyError or NoSuchTableError.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy.exc import DBAPIError, NoSuchTableError, OperationalError, ProgrammingError

from flaskmig.engine.migrating.migration import current
from flaskmig.errors import ObjectExistsError, ObjectNotFoundError, OperationError


@contextmanager
def as_alembic_raises(*, in_batch: bool = False) -> Iterator[None]:
    """Have what is not there, or there already, raise an error that is Alembic's as well."""
    try:
        yield
    except (ObjectExistsError, ObjectNotFoundError) as error:
        if isinstance(error, DBAPIError | LookupError):
            raise
        on_sqlite = current().dialect.name == "sqlite"
        driver = OperationalError if on_sqlite else ProgrammingError
        kind: Any = type(error)
        alike: Any = _of_batch(kind) if in_batch and on_sqlite else _of_driver(kind, driver)
        raise alike(error).with_traceback(error.__traceback__) from error


@cache
def _of_batch(ours: type[OperationError]) -> type[OperationError]:
    """Our error, also as a look into the lists of a rebuild raises it."""

    def __init__(self: OperationError, error: OperationError) -> None:
        _tell(self, error)

    bases = (ours, KeyError, ValueError, NoSuchTableError)
    return type(ours.__name__, bases, {"__init__": __init__, "__str__": _text})


@cache
def _of_driver(ours: type[OperationError], theirs: type[DBAPIError]) -> type[OperationError]:
    """Our error, also as SQLAlchemy raises what the driver says."""

    def __init__(self: Any, error: OperationError) -> None:
        theirs.__init__(self, None, None, error)
        _tell(self, error)

    return type(ours.__name__, (ours, theirs), {"__init__": __init__, "__str__": _text})


def _tell(raised: OperationError, error: OperationError) -> None:
    """Say what the error says. Which call it belongs to is noted on the error itself."""
    vars(raised).update(vars(error))
    raised.args = (error.message,)


def _text(self: Exception) -> str:
    return str(self.args[0])
