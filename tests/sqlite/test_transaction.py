"""Sessions and steps: all or nothing, settings restored, nobody locked out for ever."""

from __future__ import annotations

import sqlite3
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from flaskmig.dialects.base import Refusal, Statement
from flaskmig.errors import (
    ConfigurationError,
    LockTimeoutError,
    OperationError,
    UnsupportedOperationError,
)
from flaskmig.operations import AlterColumn, DropTable
from flaskmig.schema import QualifiedName
from tests.sqlite.support import apply, dialect, raw, rows, run, stored, table

SCRIPT = """
CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT DEFAULT 'x', b INTEGER);
CREATE TABLE c (id INTEGER PRIMARY KEY, t INTEGER REFERENCES t ON DELETE CASCADE);
CREATE INDEX i ON t (a);
CREATE TRIGGER g AFTER INSERT ON t BEGIN UPDATE t SET b = 1 WHERE id = new.id; END;
INSERT INTO t (id) VALUES (1), (2);
INSERT INTO c VALUES (1, 1), (2, 2);
"""
PRAGMAS = ("foreign_keys", "legacy_alter_table", "busy_timeout", "synchronous")


@pytest.fixture(autouse=True)
def filled(connection: Connection) -> None:
    raw(connection).executescript(SCRIPT)


def alteration(connection: Connection) -> AlterColumn:
    column = table(connection, "t").column("a")
    return AlterColumn(
        table=QualifiedName("t"), before=column, after=replace(column, nullable=False)
    )


def settings(connection: Connection) -> list[Any]:
    driver = raw(connection)
    values = [rows(connection, f"PRAGMA {name}") for name in PRAGMAS]
    return [*values, driver.isolation_level, getattr(driver, "autocommit", None)]


def contents(connection: Connection) -> list[Any]:
    return [
        stored(connection),
        rows(connection, "SELECT * FROM t"),
        rows(connection, "SELECT * FROM c"),
    ]


def test_settings_are_restored(connection: Connection) -> None:
    """What a session changes is as before when it ends, also by an error."""
    before = settings(connection)
    with dialect.session(connection, key="x", lock_wait=2):
        assert settings(connection) != before
        assert rows(connection, "PRAGMA foreign_keys") == [(0,)]
    assert settings(connection) == before
    with pytest.raises(ZeroDivisionError), dialect.session(connection, key="x"):
        _ = 1 / 0
    assert settings(connection) == before
    assert connection.info == {}


def test_error_at_each_statement_undoes_all(connection: Connection) -> None:
    """An error behind any statement of a rebuild leaves schema and rows as they were."""
    before = contents(connection)
    statements = dialect.statements([alteration(connection)], dialect.introspect(connection))
    for count in range(1, len(statements) + 1):
        with (
            dialect.session(connection, key="x"),
            pytest.raises(ZeroDivisionError),
            dialect.step(connection),
        ):
            run(connection, statements[:count])
            _ = 1 / 0
        assert contents(connection) == before
    assert not raw(connection).in_transaction


def test_children_are_kept(connection: Connection) -> None:
    """Rows that refer to a rebuilt table with ON DELETE CASCADE stay."""
    apply(connection, alteration(connection))
    assert rows(connection, "SELECT * FROM c") == [(1, 1), (2, 2)]


def test_revision_code_shares_the_transaction(connection: Connection) -> None:
    """What a revision runs on the connection, by SQLAlchemy or its ORM, is in the step."""
    before = contents(connection)
    with (
        dialect.session(connection, key="x"),
        pytest.raises(ZeroDivisionError),
        dialect.step(connection),
    ):
        connection.execute(sa.text("INSERT INTO t (id) VALUES (:id)"), {"id": 10})
        connection.execute(sa.text("CREATE TABLE made_by_hand (a)"))
        with Session(connection) as session:
            session.execute(sa.text("DELETE FROM t WHERE id = 1"))
            session.commit()
        with connection.begin_nested():
            connection.execute(sa.text("CREATE TABLE nested (a)"))
        assert raw(connection).in_transaction
        _ = 1 / 0
    assert contents(connection) == before
    assert connection.execute(sa.text("SELECT count(*) FROM t")).scalar() == 2


def test_steps_commit(connection: Connection, tmp_path: Path) -> None:
    """What a step did is seen by others when it ends, and the connection goes on working."""
    with dialect.session(connection, key="x"):
        for number in (10, 11):
            with dialect.step(connection):
                connection.execute(sa.text("INSERT INTO t (id) VALUES (:id)"), {"id": number})
    with sqlite3.connect(tmp_path / "test.db") as other:
        assert other.execute("SELECT count(*) FROM t").fetchone() == (4,)
    with connection.begin():
        connection.execute(sa.text("DELETE FROM t WHERE id = 11"))


def test_a_commit_inside_is_found_out(connection: Connection) -> None:
    """A commit inside of a step is refused; one whose transaction is gone stops and says so."""
    with dialect.session(connection, key="x"):
        with pytest.raises(sa.exc.DatabaseError, match="not authorized"), dialect.step(connection):
            connection.commit()
        with pytest.raises(OperationError, match="transaction lost"), dialect.step(connection):
            dialect.run(connection, Statement(sql="ROLLBACK"))


def test_lock_timeout(connection: Connection, tmp_path: Path) -> None:
    """A step waits for another writer as long as allowed, then says so; later it works."""
    with sqlite3.connect(tmp_path / "test.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with dialect.session(connection, key="x", lock_wait=0.3):
            with pytest.raises(LockTimeoutError), dialect.step(connection):
                pass
            other.execute("ROLLBACK")
            with dialect.step(connection):
                pass


def test_guard_refuses(connection: Connection) -> None:
    """A guard's row stops the run with its message and hint; no row lets it go on."""
    guard = Statement(sql="SELECT 1 WHERE 1 = 0", refusal=Refusal(message="no", hint="yes"))
    with dialect.session(connection, key="x"), dialect.step(connection):
        assert dialect.run(connection, guard) is None
        with pytest.raises(UnsupportedOperationError, match="no") as refused:
            dialect.run(connection, replace(guard, sql="SELECT 1"))
        assert refused.value.hint == "yes"
        result = dialect.run(connection, Statement(sql="SELECT ?", parameters=(5,)))
        assert result is not None
        assert result.scalar() == 5


def test_callers_transaction(connection: Connection) -> None:
    """In the caller's transaction a step is a savepoint, never committed by us."""
    connection.begin()
    before = contents(connection)
    with dialect.session(connection, key="x"), dialect.step(connection):
        dialect.run(connection, Statement(sql="CREATE TABLE n (a)"))
    assert "n" in stored(connection)
    connection.rollback()
    assert contents(connection) == before


@pytest.mark.parametrize("kind", ["rebuild", "drop"])
def test_callers_transaction_with_foreign_keys(connection: Connection, kind: str) -> None:
    """With foreign keys on, in the caller's transaction, no table is dropped: children would go."""
    operation = (
        alteration(connection) if kind == "rebuild" else DropTable(table=table(connection, "t"))
    )
    with connection.begin() as transaction:
        with pytest.raises(UnsupportedOperationError, match="foreign_keys"):
            apply(connection, operation)
        transaction.rollback()
    assert rows(connection, "SELECT count(*) FROM c") == [(2,)]


def test_in_memory_with_one_connection() -> None:
    """An in-memory database on a static pool is migrated in place and stays usable."""
    engine = sa.create_engine("sqlite://", poolclass=StaticPool)
    with engine.connect() as connection:
        raw(connection).executescript(SCRIPT)
        apply(connection, alteration(connection))
    with engine.begin() as connection:
        assert not table(connection, "t").column("a").nullable
        assert connection.execute(sa.text("SELECT count(*) FROM c")).scalar() == 2


def test_begin_listener(tmp_path: Path) -> None:
    """An application that sends BEGIN itself, as SQLAlchemy's documentation shows, is served."""
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'listener.db'}")

    @sa.event.listens_for(engine, "connect")
    def connect(driver: sqlite3.Connection, _: object) -> None:
        driver.isolation_level = None
        driver.execute("PRAGMA foreign_keys = ON")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    with engine.connect() as connection:
        raw(connection).executescript(SCRIPT)
        apply(connection, alteration(connection))
        assert rows(connection, "SELECT count(*) FROM c") == [(2,)]
        assert not table(connection, "t").column("a").nullable
        before = contents(connection)
        with (
            dialect.session(connection, key="x"),
            pytest.raises(ZeroDivisionError),
            dialect.step(connection),
        ):
            dialect.run(connection, Statement(sql="CREATE TABLE n (a)"))
            _ = 1 / 0
        assert contents(connection) == before
    engine.dispose()


def test_autocommit_option(connection: Connection) -> None:
    """A connection in SQLAlchemy's AUTOCOMMIT mode gets real steps as well."""
    autocommit = connection.execution_options(isolation_level="AUTOCOMMIT")
    before = contents(autocommit)
    with (
        dialect.session(autocommit, key="x"),
        pytest.raises(ZeroDivisionError),
        dialect.step(autocommit),
    ):
        dialect.run(autocommit, Statement(sql="CREATE TABLE n (a)"))
        _ = 1 / 0
    assert contents(autocommit) == before


@pytest.mark.parametrize("mode", ["off", "memory"])
def test_journal_that_cannot_undo(connection: Connection, mode: str) -> None:
    """A file whose journal would be lost with the process is refused."""
    raw(connection).execute(f"PRAGMA journal_mode = {mode}")
    with (
        pytest.raises(ConfigurationError, match="journal_mode"),
        dialect.session(connection, key="x"),
    ):
        pass


def test_write_ahead_log(connection: Connection) -> None:
    """A database in WAL mode is rebuilt while others read it."""
    raw(connection).execute("PRAGMA journal_mode = wal")
    apply(connection, alteration(connection))
    assert rows(connection, "SELECT count(*) FROM c") == [(2,)]


def test_statement_timeout(connection: Connection) -> None:
    """A statement that takes longer than allowed is interrupted."""
    endless = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    )
    with (
        dialect.session(connection, key="x", statement_timeout=0.1),
        pytest.raises(sa.exc.OperationalError, match="interrupted"),
        dialect.step(connection),
    ):
        dialect.run(connection, Statement(sql=endless))


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the driver has no autocommit attribute")
@pytest.mark.parametrize("autocommit", [True, False])
def test_driver_autocommit(tmp_path: Path, autocommit: bool) -> None:
    """Whatever ``autocommit`` the application chose, steps are atomic and it is restored."""
    engine = sa.create_engine(
        f"sqlite:///{tmp_path / 'autocommit.db'}", connect_args={"autocommit": autocommit}
    )
    with sqlite3.connect(tmp_path / "autocommit.db") as script:
        script.executescript(SCRIPT)
    with engine.connect() as connection:
        driver: Any = raw(connection)
        before = contents(connection)
        with (
            dialect.session(connection, key="x"),
            pytest.raises(ZeroDivisionError),
            dialect.step(connection),
        ):
            dialect.run(connection, Statement(sql="CREATE TABLE n (a)"))
            connection.execute(sa.text("INSERT INTO t (id) VALUES (77)"))
            _ = 1 / 0
        assert contents(connection) == before
        apply(connection, alteration(connection))
        assert driver.autocommit is autocommit
    with sqlite3.connect(tmp_path / "autocommit.db") as other:
        assert other.execute("SELECT count(*) FROM c").fetchone() == (2,)
        (text,) = other.execute("SELECT sql FROM sqlite_master WHERE name = 't'").fetchone()
        assert "NOT NULL" in text
    engine.dispose()
