"""Running statements, steps and sessions on a real server."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from hashlib import sha256

import pytest
import sqlalchemy as sa

from flaskmig.dialects.base import Refusal, Statement
from flaskmig.dialects.postgresql import probe, transactions
from flaskmig.dialects.postgresql.lock import lock_key
from flaskmig.errors import ExecutionError, LockTimeoutError, UnsupportedOperationError
from tests.postgresql.support import DIALECT, execute, rows

HOSTILE = "50% %s %(a)s :name ::text it''s \\ \"q\" {x} $1 ü"


def test_a_statement_runs_as_it_stands(postgresql_engine: sa.Engine) -> None:
    """Percent signs, colons, quotes and backslashes in a literal must arrive unchanged."""
    with postgresql_engine.connect() as connection:
        result = DIALECT.run(connection, Statement(sql=f"SELECT '{HOSTILE}'"))
        assert result is not None
        assert result.scalar_one() == HOSTILE.replace("''", "'")
        made = DIALECT.run(connection, Statement(sql='CREATE TABLE "a%b:c" (x text)'))
        assert made is None


def test_a_guard_refuses_where_it_finds_a_row(postgresql_engine: sa.Engine) -> None:
    """A guarding query must stop the run where it returns a row, and only there."""
    refusal = Refusal(message="no", hint="do this")
    with postgresql_engine.connect() as connection:
        DIALECT.run(connection, Statement(sql="SELECT 1 WHERE false", refusal=refusal))
        with pytest.raises(UnsupportedOperationError) as caught:
            DIALECT.run(connection, Statement(sql="SELECT 1", refusal=refusal))
    assert (caught.value.message, caught.value.hint) == ("no", "do this")


def run(connection: sa.Connection, sql: str) -> None:
    DIALECT.run(connection, Statement(sql=sql))


def step(connection: sa.Connection, *statements: str, fail: bool = False) -> None:
    with DIALECT.step(connection):
        for sql in statements:
            run(connection, sql)
        if fail:
            raise ZeroDivisionError


def swallowing_step(connection: sa.Connection) -> None:
    with DIALECT.step(connection):
        run(connection, "CREATE TABLE t (a integer)")
        with suppress(sa.exc.DBAPIError):
            run(connection, "SELECT 1 / 0")


@pytest.mark.parametrize("in_session", [False, True])
def test_a_step_is_all_or_nothing(in_session: bool, postgresql_engine: sa.Engine) -> None:
    """A step must be committed at its end, and undone as a whole by an error."""
    with postgresql_engine.connect() as connection:
        if in_session:
            session = DIALECT.session(connection, key="k")
            session.__enter__()
        with DIALECT.step(connection):
            run(connection, "CREATE TABLE kept (a integer)")
        with pytest.raises(sa.exc.ProgrammingError):
            step(connection, "CREATE TABLE gone (a integer)", "CREATE TABLE kept (a integer)")
        with pytest.raises(ZeroDivisionError):
            step(connection, "CREATE TABLE gone (a integer)", fail=True)
        with DIALECT.step(connection):
            run(connection, "INSERT INTO kept VALUES (1)")
        if in_session:
            session.__exit__(None, None, None)
        assert not transactions.is_open(connection)
    tables = rows(postgresql_engine, "SELECT relname FROM pg_class WHERE relname ~ 'kept|gone'")
    assert tables == [("kept",)]
    assert rows(postgresql_engine, "SELECT a FROM kept") == [(1,)]


def test_a_step_in_the_callers_transaction_is_left_to_the_caller(
    postgresql_engine: sa.Engine,
) -> None:
    """In an open transaction steps must be savepoints of it, and nothing committed."""
    with postgresql_engine.connect() as connection:
        run(connection, "CREATE TABLE mine (a integer)")
        with DIALECT.session(connection, key="k"):
            with DIALECT.step(connection):
                run(connection, "INSERT INTO mine VALUES (1)")
            with pytest.raises(sa.exc.DBAPIError), DIALECT.step(connection):
                run(connection, "INSERT INTO mine VALUES ('x')")
        assert connection.exec_driver_sql("SELECT count(*) FROM mine").scalar_one() == 1
        assert connection.exec_driver_sql("SHOW lock_timeout").scalar_one() == "0"
        connection.rollback()
    assert rows(postgresql_engine, "SELECT to_regclass('mine')") == [(None,)]


def test_a_failure_that_was_caught_is_not_a_success(postgresql_engine: sa.Engine) -> None:
    """A step whose transaction failed must raise, though COMMIT would say nothing."""
    with (
        postgresql_engine.connect() as connection,
        DIALECT.session(connection, key="k"),
    ):
        with pytest.raises(ExecutionError, match="undid"):
            swallowing_step(connection)
        with pytest.raises(ExecutionError, match="ended"):
            step(connection, "COMMIT")
    assert rows(postgresql_engine, "SELECT to_regclass('t')") == [(None,)]


def test_a_savepoint_of_sqlalchemy_works_inside_of_a_step(postgresql_engine: sa.Engine) -> None:
    """What a revision does with begin_nested() must work as it does elsewhere."""
    with postgresql_engine.connect() as connection, DIALECT.session(connection, key="k"):
        with DIALECT.step(connection):
            run(connection, "CREATE TABLE t (a integer)")
            with pytest.raises(sa.exc.DBAPIError), connection.begin_nested():
                run(connection, "SELECT 1 / 0")
            with connection.begin_nested():
                run(connection, "INSERT INTO t VALUES (1)")
        assert not transactions.is_open(connection)
    assert rows(postgresql_engine, "SELECT a FROM t") == [(1,)]


SETTINGS = (
    "lock_timeout",
    "statement_timeout",
    "application_name",
    "idle_in_transaction_session_timeout",
    "client_connection_check_interval",
    "standard_conforming_strings",
)


def settings(connection: sa.Connection) -> dict[str, str]:
    return {name: connection.exec_driver_sql(f"SHOW {name}").scalar_one() for name in SETTINGS}


def test_a_session_makes_settings_and_restores_them(postgresql_engine: sa.Engine) -> None:
    """Inside, the settings must hold; after it the connection must be as it was."""
    with postgresql_engine.connect() as connection:
        connection.exec_driver_sql("SET standard_conforming_strings = off")
        connection.exec_driver_sql("SET statement_timeout = '77s'")
        connection.commit()
        before = settings(connection)
        connection.rollback()
        with DIALECT.session(connection, key="k", lock_timeout=1.5, statement_timeout=20):
            inside = settings(connection)
        assert not connection.in_transaction()
        assert settings(connection) == before
        connection.invalidate()
    assert inside["lock_timeout"] == "1500ms"
    assert inside["statement_timeout"] == "20s"
    assert inside["standard_conforming_strings"] == "on"
    assert inside["client_connection_check_interval"] == "1s"
    assert inside["application_name"].startswith("flaskmig")


def test_the_lock_lets_one_in_and_names_the_holder(postgresql_engine: sa.Engine) -> None:
    """A second session must wait, say who holds the lock, and get it when that one ends."""
    with postgresql_engine.connect() as first, postgresql_engine.connect() as second:
        with DIALECT.session(first, key="k"):
            started = time.monotonic()
            with (
                pytest.raises(LockTimeoutError) as caught,
                DIALECT.session(second, key="k", lock_wait=0.3),
            ):
                pass
            assert time.monotonic() - started < 2
            pid = first.connection.dbapi_connection.info.backend_pid  # type: ignore[union-attr]
            assert f"pid {pid}" in caught.value.holder
            assert "flaskmig" in caught.value.holder
            with DIALECT.session(second, key="another", lock_wait=0):
                pass
        with DIALECT.session(second, key="k", lock_wait=0):
            pass


def test_a_waiting_session_gets_the_lock_when_it_is_free(postgresql_engine: sa.Engine) -> None:
    """Waiting must end soon after the holder does."""
    got = threading.Event()

    def wait() -> None:
        with postgresql_engine.connect() as other, DIALECT.session(other, key="k", lock_wait=10):
            got.set()

    with postgresql_engine.connect() as connection:
        with DIALECT.session(connection, key="k"):
            thread = threading.Thread(target=wait)
            thread.start()
            time.sleep(0.2)
            assert not got.is_set()
        assert got.wait(3)
        thread.join()


def test_the_lock_of_a_caller_is_held_to_the_end_of_its_transaction(
    postgresql_engine: sa.Engine,
) -> None:
    """In the caller's transaction nobody must get in before that transaction ends."""
    with postgresql_engine.connect() as caller, postgresql_engine.connect() as other:
        with caller.begin():
            with DIALECT.session(caller, key="k"):
                pass
            with (
                pytest.raises(LockTimeoutError),
                DIALECT.session(other, key="k", lock_wait=0),
            ):
                pass
        with DIALECT.session(other, key="k", lock_wait=0):
            pass


def lose(connection: sa.Connection, engine: sa.Engine, terminate: str) -> None:
    with DIALECT.session(connection, key="k"), DIALECT.step(connection):
        rows(engine, terminate)
        time.sleep(0.1)
        DIALECT.introspect(connection)


def test_a_lost_connection_frees_the_lock_and_hides_no_error(
    postgresql_engine: sa.Engine,
) -> None:
    """The error that lost the connection must come out, and another session get in."""
    with postgresql_engine.connect() as connection:
        pid = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        connection.rollback()
        with pytest.raises(sa.exc.OperationalError, match="terminat"):
            lose(connection, postgresql_engine, f"SELECT pg_terminate_backend({pid})")
        with pytest.raises(sa.exc.PendingRollbackError):
            run(connection, "SELECT 1")
    with postgresql_engine.connect() as other, DIALECT.session(other, key="k", lock_wait=2):
        pass


def test_concurrent_indexes_run_in_a_session_between_steps(postgresql_engine: sa.Engine) -> None:
    """What cannot be in a transaction must run there, and leave lock_timeout as it was."""
    execute(postgresql_engine, "CREATE TABLE t (a integer)", "INSERT INTO t VALUES (1), (1)")
    create = "CREATE {unique} INDEX CONCURRENTLY {name} ON t (a)"
    with postgresql_engine.connect() as connection, DIALECT.session(connection, key="k"):
        plain = create.format(unique="", name="good")
        DIALECT.run(connection, Statement(sql=plain, in_transaction=False))
        broken = create.format(unique="UNIQUE", name="bad")
        with pytest.raises(sa.exc.IntegrityError):
            DIALECT.run(connection, Statement(sql=broken, in_transaction=False))
        assert settings(connection)["lock_timeout"] == "3s"
        states = [probe.index_state(connection, name) for name in ("good", "bad", "none")]
        assert states == ["valid", "invalid", "absent"]
        assert "(a)" in (probe.index_definition(connection, "good") or "")
        # Half made, it is no index that anything could rely on.
        indexes = DIALECT.introspect(connection).tables[0].indexes
        assert [index.name for index in indexes] == ["good"]


def test_enum_values_are_probed(postgresql_engine: sa.Engine) -> None:
    """The probe must tell whether a value is there, also in another schema."""
    execute(
        postgresql_engine,
        "CREATE SCHEMA audit",
        "CREATE TYPE audit.mood AS ENUM ('ok')",
    )
    with postgresql_engine.connect() as connection:
        assert probe.has_enum_value(connection, "mood", "ok", "audit")
        assert not probe.has_enum_value(connection, "mood", "sad", "audit")
        assert not probe.has_enum_value(connection, "mood", "ok")


def test_behind_a_pooler_each_step_has_its_own_lock(
    postgresql_engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the backend is not the driver's own, no session lock or setting must be left."""
    monkeypatch.setattr("flaskmig.dialects.postgresql.session._is_pooled", lambda _: True)
    locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
    with postgresql_engine.connect() as connection:
        with DIALECT.session(connection, key="k"):
            assert rows(postgresql_engine, locks) == [(0,)]
            with DIALECT.step(connection):
                assert rows(postgresql_engine, locks) == [(1,)]
                assert settings(connection)["lock_timeout"] == "3s"
            assert rows(postgresql_engine, locks) == [(0,)]
            assert settings(connection)["lock_timeout"] == "0"
            with pytest.raises(UnsupportedOperationError, match="pooler"):
                DIALECT.run(connection, Statement(sql="VACUUM", in_transaction=False))
        with DIALECT.step(connection):
            assert rows(postgresql_engine, locks) == [(0,)]


def test_a_lock_key_is_the_same_everywhere() -> None:
    """The number for a text must never change: two versions must exclude each other."""
    digest = sha256(b"flaskmig").digest()
    assert lock_key("flaskmig") == int.from_bytes(digest[:8], "big", signed=True)
