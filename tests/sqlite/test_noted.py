"""What SQL sets on the connection of a session is noticed, whichever way it takes."""

from __future__ import annotations

import random
import sqlite3
import sys
from collections.abc import Callable
from contextlib import nullcontext, suppress

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from flaskmig.dialects.sqlite import session as sessions
from flaskmig.dialects.sqlite.pragmas import NOTED
from tests.counts import rounds
from tests.sqlite.support import dialect, raw, rows

# Another value than a session has. What SQLite refuses, or keeps as it was, tells nothing.
OTHER = {
    "busy_timeout": 7,
    "foreign_keys": 1,
    "journal_mode": "persist",
    "locking_mode": "exclusive",
    "synchronous": 1,
}
# With the schema writable nothing else of this could be told apart from an error.
SET = sorted(NOTED - {"writable_schema"})


def by_sqlalchemy(connection: Connection, sql: str) -> None:
    connection.exec_driver_sql(sql)


def by_text(connection: Connection, sql: str) -> None:
    connection.execute(sa.text(sql.upper()))


def by_cursor(connection: Connection, sql: str) -> None:
    raw(connection).cursor().execute(f"/* {sql} */ {sql}").fetchall()


def by_qualified_name(connection: Connection, sql: str) -> None:
    raw(connection).execute(sql.replace("PRAGMA ", "PRAGMA main."))


def by_call(connection: Connection, sql: str) -> None:
    raw(connection).execute(f"{sql.replace('=', '(')})").fetchall()


WAYS: list[Callable[[Connection, str], None]] = [
    by_sqlalchemy,
    by_text,
    by_cursor,
    by_qualified_name,
    by_call,
]


def tried(way: Callable[[Connection, str], None], connection: Connection, sql: str) -> None:
    """Set it in that way; some cannot be set inside of a transaction."""
    with suppress(sqlite3.Error, DBAPIError):
        way(connection, sql)


def held(connection: Connection) -> dict[str, object]:
    """Every pragma that a session brings back; of journal modes each that is safe will do."""
    return {name: rows(connection, f"PRAGMA {name}") for name in SET if name != "journal_mode"}


def other(connection: Connection, name: str) -> str:
    now = rows(connection, f"PRAGMA {name}")[0][0]
    return f"PRAGMA {name} = {OTHER.get(name, 0 if now else 1)}"


def begun(connection: Connection) -> dict[str, object]:
    """What the pragmas are when the function of a revision begins."""
    with dialect.step(connection):
        dialect.settle(connection)
        return held(connection)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", SET)
@pytest.mark.parametrize("inside", [True, False])
def test_each_pragma_is_brought_back(
    connection: Connection, name: str, way: Callable[[Connection, str], None], inside: bool
) -> None:
    """Whatever a revision sets, in its transaction or between two, the next one does not see."""
    with dialect.session(connection, key=""):
        expected = begun(connection)
        if inside:
            with dialect.step(connection):
                tried(way, connection, other(connection, name))
        else:
            tried(way, connection, other(connection, name))
        if connection.in_transaction():
            connection.rollback()
        found = begun(connection)
    # A file may have the connection wait as long as it likes.
    if name == "busy_timeout":
        expected[name] = [(OTHER[name],)]
    assert found == expected


@pytest.mark.parametrize("number", range(rounds(20, 300)))
def test_the_same_as_looking_each_time(connection: Connection, number: int) -> None:
    """Random pragmas set in random places leave the next revision what looking at all leaves."""
    choose = random.Random(number)
    plan = [
        (choose.choice(SET), choose.choice(WAYS), choose.random() < 0.5)
        for _ in range(choose.randint(1, 6))
    ]

    def told(*, looks: bool) -> list[dict[str, object]]:
        found = []
        with dialect.session(connection, key=""):
            if looks:
                connection.info[sessions.KEY].noted = None
            for name, way, inside in plan:
                sql = other(connection, name)
                if inside:
                    with dialect.step(connection):
                        tried(way, connection, sql)
                else:
                    tried(way, connection, sql)
                    if connection.in_transaction():
                        connection.rollback()
                found.append(begun(connection))
        return found

    assert told(looks=False) == told(looks=True)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="sqlite3.Connection has no setconfig")
def test_foreign_keys_without_sql(connection: Connection) -> None:
    """Foreign keys that are turned on by a call of the driver's are off in the next step."""
    with dialect.session(connection, key=""):
        begun(connection)
        raw(connection).setconfig(sqlite3.SQLITE_DBCONFIG_ENABLE_FKEY, True)  # type: ignore[attr-defined,unused-ignore]
        assert begun(connection)["foreign_keys"] == [(0,)]


@pytest.mark.parametrize("name", ["legacy_alter_table", "recursive_triggers", "trusted_schema"])
def test_a_connection_in_other_hands(
    connection: Connection, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Python has ways to set things without SQL, who had the connection is looked after."""
    monkeypatch.setattr(sessions, "_SET_WITHOUT_SQL", True)
    with dialect.session(connection, key=""):
        noted = connection.info[sessions.KEY].noted
        expected = begun(connection)
        dialect.lend(connection)
        for inside in (False, True, False):
            with dialect.step(connection) if inside else nullcontext():
                raw(connection).execute(other(connection, name))
                noted.pragmas.clear()
            assert begun(connection) == expected


def test_a_journal_that_is_turned_off_is_noticed(connection: Connection) -> None:
    """No step begins under a journal that cannot undo it, though it was turned off in between."""
    with dialect.session(connection, key=""):
        begun(connection)
        raw(connection).execute("PRAGMA journal_mode = off").fetchall()
        with pytest.raises(Exception, match="cannot undo"), dialect.step(connection):
            raise AssertionError("the step began")


def test_statements_compiled_before_are_asked_about(connection: Connection) -> None:
    """A COMMIT that the driver has compiled outside of a step is refused inside of one."""
    driver = raw(connection)
    with dialect.session(connection, key=""):
        for sql in ("BEGIN", "COMMIT", "SAVEPOINT s", "RELEASE s"):
            driver.execute(sql)
        with dialect.step(connection):
            driver.execute("CREATE TABLE half (id INTEGER)")
            with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
                driver.execute("COMMIT")
        assert rows(connection, "SELECT name FROM sqlite_master") == [("half",)]


def test_little_is_asked_where_nothing_was_set(connection: Connection) -> None:
    """Between two revisions that set nothing no pragma is read but that of foreign keys."""
    asked: list[str] = []
    with dialect.session(connection, key=""):
        begun(connection)
        raw(connection).set_trace_callback(asked.append)
        for _ in range(3):
            with dialect.step(connection):
                dialect.settle(connection)
        raw(connection).set_trace_callback(None)
    read = [sql for sql in asked if sql.startswith("PRAGMA") and "=" not in sql]
    assert read == ["PRAGMA foreign_keys"] * 3
