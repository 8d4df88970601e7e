"""Errors of a running revision: what they say, where they belong, whether to try again."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, SQLAlchemyError, StatementError

from flaskmig.dialects.answers import answer_of, hide_values
from flaskmig.dialects.base import STAND_IN
from flaskmig.engine.migrating.callers import Call, call_of
from flaskmig.errors import (
    ExecutionError,
    FlaskmigError,
    InterruptedRevisionError,
    OperationError,
)
from flaskmig.sql import quote

if TYPE_CHECKING:
    from flaskmig.engine.revisions.revision import Revision

_COPY = re.compile(rf'\A(?:INSERT(?: OR ABORT)? INTO|CREATE TABLE) "{STAND_IN}((?:[^"]|"")*)"')
_NOT_UNIQUE = re.compile(r"UNIQUE constraint failed: (?!index )(.+)")

# The whole step was rolled back for somebody else's sake and may simply be done again:
# lock_not_available, deadlock_detected, serialization_failure (PostgreSQL documentation, app. A).
_RETRIED = {
    "55P03": "a lock was not free in time",
    "40P01": "the database broke a deadlock",
    "40001": "the database could not serialise it",
}

_NOT_AUTHORIZED = "not authorized"

# in_failed_sql_transaction
_FAILED_TRANSACTION = "25P02"
_CAUGHT = (
    "the file caught this error and went on, but PostgreSQL does nothing more in that transaction: "
    "put what may fail in a savepoint, with op.get_bind().begin_nested()"
)

_ENDED = (
    "the file ended the transaction itself, below SQLAlchemy: what it did before a COMMIT stayed, "
    "and nothing of that was recorded"
)

# read_only_sql_transaction (a standby server's answer), and what SQLite says.
_READ_ONLY = "25006"
_ONLY_READ = "attempt to write a readonly database"
_WRITABLE = (
    "the database is read-only for this connection: connect to one that can be written (no "
    "standby, no mode=ro), as a user who may write its files, and run the same command again"
)

# disk_full, and what SQLite and the system say of a file that may not grow.
_DISK_FULL = "53100"
_NO_ROOM = ("disk is full", "disk I/O error", "File too large")

# out_of_memory, and the setting that PostgreSQL names where it was the table of locks. Its
# documentation, "Lock Management", has the formula.
_NO_MEMORY = "53200"
_LOCKS = "max_locks_per_transaction"
_TOO_MANY_LOCKS = (
    "each table, index and sequence that is made, changed or dropped stays locked to the end of "
    f"the transaction, and the server has room for {_LOCKS} * (max_connections + "
    f"max_prepared_transactions) locks in all: raise {_LOCKS} and restart the server, or make "
    "several revisions of this one"
)

_LOCKED = "database is locked"

# insufficient_privilege
_NOT_ALLOWED = "42501"


def blamed(
    error: BaseException,
    revision: Revision,
    *,
    is_cut: bool,
    is_ended: bool = False,
    driver_error: type[BaseException] = SQLAlchemyError,
    database_at: Collection[str] | None = None,
    caught: Exception | None = None,
) -> BaseException:
    """The error as it leaves the run: a database's one wrapped, ours with the place added.

    ``is_ended`` says that the file ended the transaction itself. ``driver_error`` is what the
    driver raises by itself, below SQLAlchemy. ``database_at`` are the revisions that the database
    is at, None where that was not seen. ``caught`` is an error of a statement before, which is the
    cause where the file caught it and went on in a transaction that does nothing more. What a
    revision file raises passes as it is, with a note of where.
    """
    is_ours = isinstance(error, FlaskmigError | SQLAlchemyError | driver_error)
    if is_ended and is_ours:
        return _ended(error, revision.id, is_cut)
    if caught is not None and caught is not error and _state(error) == _FAILED_TRANSACTION:
        found = blamed(
            caught, revision, is_cut=is_cut, driver_error=driver_error, database_at=database_at
        )
        if isinstance(found, ExecutionError):
            found.hint = f"{_CAUGHT}; {found.hint}"
        return found
    call = call_of(error, revision.path)
    # An error of a call may be both: ours, and what a file for Alembic would catch.
    is_theirs = isinstance(error, SQLAlchemyError | driver_error)
    if is_theirs and not isinstance(error, FlaskmigError):
        return _wrapped(error, revision.id, call, is_cut, database_at)
    if isinstance(error, ExecutionError):
        return error
    if isinstance(error, FlaskmigError):
        if call.line is not None:
            error.message = f"{error.message} (revision {revision.id}, {call})"
            error.args = (error.message,)
        if is_cut and error.hint and not isinstance(error, InterruptedRevisionError):
            error.hint += "; the parts of it before this are committed and noted"
        error.hint = error.hint or _hint(is_cut)
        return error
    if isinstance(error, Exception) or is_cut or is_ended:
        error.add_note(f"in revision {revision.id}, {call}; {_left(is_cut, is_ended)}")
    return error


def _left(is_cut: bool, is_ended: bool) -> str:
    """What is there of a revision that somebody's own error or a signal stopped."""
    if is_ended:
        return f"{_ENDED}; {_hint_of_ended(is_cut)}"
    if is_cut:
        return (
            "it is unfinished: the parts of it before this are committed and noted, the rest was "
            "rolled back; the same command goes on from there, as long as the file stays as it is"
        )
    return "it was rolled back"


def _ended(error: BaseException, revision: str, is_cut: bool) -> OperationError:
    """The error for a revision that ended its transaction, and may have failed after that."""
    text = f"transaction lost: revision {revision}: {_ENDED}"
    if isinstance(error, DBAPIError):
        hide_values(error)
        text += f"; then it failed: {answer_of(error).text}"
    return OperationError(text, hint=_hint_of_ended(is_cut))


def _hint_of_ended(is_cut: bool) -> str:
    if is_cut:
        return (
            "the parts of it before that are noted; look what there is of the rest, bring it to "
            "its end by hand or undo all of it, and say which with `flask db resolve`"
        )
    return (
        "undo by hand what stayed of it, leave COMMIT and ROLLBACK to flaskmig and run it again; "
        "or do by hand what is missing and say with `flask db stamp` where the database is"
    )


def retry_reason(error: BaseException) -> str | None:
    """Why the whole revision may be tried again; None where that would not help."""
    cause = error.cause if isinstance(error, ExecutionError) else error
    return _RETRIED.get(_state(cause))


def _state(error: BaseException | None) -> str:
    """The SQLSTATE of a driver's error; empty where it has none."""
    original = error.orig if isinstance(error, DBAPIError) else None
    state = getattr(original, "sqlstate", None) or getattr(original, "pgcode", None)
    return state if isinstance(state, str) else ""


def is_lost(error: BaseException | None) -> bool:
    """Whether the connection was lost with it, as SQLAlchemy judges."""
    cause = error.cause if isinstance(error, ExecutionError) else error
    return isinstance(cause, DBAPIError) and cause.connection_invalidated


def _wrapped(
    error: BaseException,
    revision: str,
    call: Call,
    is_cut: bool,
    database_at: Collection[str] | None,
) -> ExecutionError:
    hide_values(error)
    statement = (error.statement or "") if isinstance(error, StatementError) else ""
    answer = answer_of(error)
    text = _in_the_users_words(answer.text, statement) or type(error).__name__
    where = f"revision {revision} failed at {call}: {text}"
    if statement:
        where += f"\nin the statement: {statement}"
    kept = _hint_of_lost(is_cut, database_at) if is_lost(error) else _hint(is_cut)
    if _state(error) == _READ_ONLY or _ONLY_READ in answer.text:
        kept = _WRITABLE
    wrapped = ExecutionError(
        where,
        revision=revision,
        statement=statement,
        cause=error,
        path=call.path,
        line=call.line,
        detail=answer.detail,
        hint="; ".join(
            filter(
                None,
                (
                    _duplicates(text, statement),
                    _rows(answer.detail),
                    _rights(error),
                    _room(error, answer.text),
                    locks(error),
                    _second_connection(answer.text),
                    kept,
                ),
            )
        ),
    )
    wrapped.database_at = None if database_at is None else tuple(sorted(database_at))
    return wrapped


def _in_the_users_words(text: str, statement: str) -> str:
    """The driver's text about the table that a copy was to replace, not about the copy.

    "not authorized" is what SQLite says where somebody commits while a step is open.
    """
    if text == _NOT_AUTHORIZED:
        return (
            f"{text}: below SQLAlchemy it commits by itself, or turns the journal off, and half of "
            "it could stay"
        )
    copy = _COPY.search(statement)
    if copy is None or text.endswith("already exists"):
        return text
    table = copy[1].replace('""', '"')
    text = text.replace(STAND_IN + table, table)
    return text if table in text else f"{text} (in the rows of table {table})"


def _duplicates(text: str, statement: str) -> str:
    """How to find the rows that stand against a new UNIQUE of SQLite's, which names no value."""
    failed = _NOT_UNIQUE.match(text)
    makes_it = _COPY.search(statement) or statement.startswith("CREATE UNIQUE INDEX")
    if failed is None or not makes_it:
        return ""
    parts = [part.rpartition(".") for part in failed[1].split(", ")]
    table, columns = quote(parts[0][0]), [quote(column) for _, _, column in parts]
    named = ", ".join(columns)
    there = " AND ".join(f"{column} IS NOT NULL" for column in columns)
    return (
        f"rows have the same values: SELECT {named}, count(*) FROM {table} WHERE {there} "
        f"GROUP BY {named} HAVING count(*) > 1 lists them"
    )


def _rows(detail: str) -> str:
    """How to see what the database said of rows."""
    return "with --verbose the database's words about the rows are shown" if detail else ""


def _rights(error: BaseException) -> str:
    """What to do where the role may not do it."""
    if _state(error) != _NOT_ALLOWED:
        return ""
    return "upgrade as a role that owns what it changes, or give this one the right"


def _room(error: BaseException, text: str) -> str:
    """What to do where something did not fit on the disk."""
    is_full = _state(error) == _DISK_FULL or any(words in text for words in _NO_ROOM)
    return "make room on the disk, or raise the limit of the file's size" if is_full else ""


def locks(error: BaseException) -> str:
    """What to do where a transaction has more locks than the server has room for, else ""."""
    has_no_room = _state(error) == _NO_MEMORY and _LOCKS in str(error)
    return _TOO_MANY_LOCKS if has_no_room else ""


def _second_connection(text: str) -> str:
    """What to do where SQLite lets nobody else write: the migration itself waits for its lock."""
    if _LOCKED not in text:
        return ""
    return (
        "a connection that the file opens by itself waits for the lock of the migration: use "
        "op.get_bind()"
    )


def _hint_of_lost(is_cut: bool, database_at: Collection[str] | None) -> str:
    """What is there after a connection was lost before a COMMIT was sent."""
    if is_cut:
        return (
            "the parts of it before this are committed and noted; run the same command again: it "
            "looks what became of the rest and goes on from there"
        )
    at = ""
    if database_at is not None:
        at = f", the database is at {', '.join(sorted(database_at)) or 'no revision'}"
    return f"nothing of this revision was kept{at}; run the same command again"


def _hint(is_cut: bool) -> str:
    if is_cut:
        return (
            "the parts of it before this are committed and noted; mend the data, not the file, "
            "and run the same command again: it goes on from there"
        )
    return "nothing of this revision was kept; mend the file or the data and run it again"
