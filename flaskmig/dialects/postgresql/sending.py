"""How a text is sent to the server: as one command, or as several of which the last one answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

_HEARD = "flaskmig.heard"
_ONE, _SEVERAL = "flaskmig_one_command", "flaskmig_several_commands"
_AS_IT_STANDS = {"no_parameters": True}


@contextmanager
def listening(connection: Connection) -> Iterator[None]:
    """What `one_command` and `several_commands` need; a run has it open from first to last.

    To listen takes SQLAlchemy longer than to send a statement.
    """
    info = connection.info
    if info.get(_HEARD) is connection:
        yield
        return
    event.listen(connection, "before_cursor_execute", _before)
    event.listen(connection, "after_cursor_execute", _after)
    info[_HEARD] = connection
    try:
        yield
    finally:
        info.pop(_HEARD, None)
        event.remove(connection, "before_cursor_execute", _before)
        event.remove(connection, "after_cursor_execute", _after)


def one_command(connection: Connection, sql: str) -> Any:
    """Run SQL as it stands, and have the server refuse it where it is several commands.

    psycopg sends a text without parameters by the simple protocol, which takes any number; where
    results are to be binary it cannot (docs: "Binary parameters and results"), and then the
    server takes one.
    """
    with listening(connection):
        options = {**_AS_IT_STANDS, _ONE: True}
        return connection.exec_driver_sql(sql, execution_options=options)


def several_commands(connection: Connection, *commands: str) -> Any:
    """Run commands as they stand, in one message; the result is that of the last one.

    The server leaves out what stands after one that fails.
    """
    with listening(connection):
        options = {**_AS_IT_STANDS, _SEVERAL: True}
        return connection.exec_driver_sql("; ".join(commands), execution_options=options)


def _before(
    connection: object,
    cursor: Any,
    statement: object,
    parameters: object,
    context: Any,
    executemany: object,
) -> None:
    if _is_asked(_ONE, context) and _is_psycopg(cursor):
        cursor.format = 1


def _after(
    connection: object,
    cursor: Any,
    statement: object,
    parameters: object,
    context: Any,
    executemany: object,
) -> None:
    # psycopg2 gives the last result in any case, and knows no others.
    if _is_asked(_SEVERAL, context) and _is_psycopg(cursor):
        while cursor.nextset():
            pass


def _is_asked(option: str, context: Any) -> bool:
    return context is not None and option in context.execution_options


def _is_psycopg(cursor: Any) -> bool:
    return hasattr(cursor, "format")
