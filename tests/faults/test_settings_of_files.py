"""What a revision file sets for its session ends with the revision, and nothing is lost by it."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path

import pytest
import sqlalchemy as sa

from flaskmig.dialects import dialect_of
from flaskmig.dialects.base import READERS
from flaskmig.engine.configuration.project import Options
from flaskmig.engine.migrating.events import LockAwaited
from flaskmig.errors import (
    ConfigurationError,
    ExecutionError,
    FlaskmigError,
    LockTimeoutError,
    UnsupportedOperationError,
)
from tests.execute.chain import Chain

BLOCK = "with op.get_context().autocommit_block():\n    "
BY_HAND = "op.get_bind().exec_driver_sql({!r})"
BELOW = "op.get_bind().connection.cursor().execute({!r})"
MADE = """
op.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER CHECK (n > 0))")
op.execute("INSERT INTO t VALUES (1, 5), (2, 5)")
"""
FAMILY = """
op.execute("CREATE TABLE parent (id integer PRIMARY KEY)")
op.execute("CREATE TABLE child (parent integer REFERENCES parent)")
"""
ORPHAN = 'op.execute("INSERT INTO child VALUES (7)")'


@pytest.fixture
def sqlite_chain(tmp_path: Path, sqlite_engine: sa.Engine) -> Chain:
    return Chain(tmp_path / "migrations", sqlite_engine)


@pytest.fixture
def postgresql_chain(tmp_path: Path, postgresql_engine: sa.Engine) -> Chain:
    return Chain(tmp_path / "migrations", postgresql_engine)


@pytest.mark.parametrize(
    "call",
    [
        BLOCK + 'op.execute("PRAGMA journal_mode=OFF")',
        BLOCK + "op.execute(\"/* fast */ pragma main . 'journal_mode' ( 'MEM' )\")",
        'op.execute("PRAGMA journal_mode = memory")',
        BY_HAND.format("PRAGMA journal_mode=OFF"),
        BLOCK + BY_HAND.format("PRAGMA journal_mode=OFF"),
    ],
)
def test_a_file_cannot_turn_the_journal_off(sqlite_chain: Chain, call: str) -> None:
    """It is refused before it runs, nothing is written of it, and the mended file runs."""
    chain = sqlite_chain
    chain.add("a1", MADE)
    chain.upgrade()
    bad = chain.add("b2", call + '\nop.execute("UPDATE t SET n = CASE id WHEN 1 THEN 9 END")')
    with pytest.raises(UnsupportedOperationError, match="cannot undo") as caught:
        chain.upgrade()
    assert "wal" in (caught.value.hint or "")
    assert chain.query("SELECT n FROM t") == [(5,), (5,)]
    assert chain.query("SELECT count(*) FROM flaskmig_journal WHERE revision = 'b2'") == [(0,)]
    bad.write_text(bad.read_text().replace(call.splitlines()[-1].strip(), 'op.execute("SELECT 1")'))
    chain.upgrade()
    assert chain.rows() == {"b2"}


def test_below_sqlalchemy_the_journal_stays_on_too(sqlite_chain: Chain) -> None:
    """A cursor of the driver's own cannot turn the journal off in a step."""
    chain = sqlite_chain
    chain.add("a1", MADE)
    chain.add("b2", BELOW.format("PRAGMA journal_mode=OFF"))
    with pytest.raises(ExecutionError, match="turns the journal off"):
        chain.upgrade()
    assert chain.rows() == {"a1"}


def test_each_step_looks_for_the_journal(sqlite_engine: sa.Engine) -> None:
    """Where something turned the journal off between two steps, none is begun without it."""
    with sqlite_engine.connect() as connection:
        dialect = dialect_of(connection)
        with dialect.session(connection, key="x"):
            raw = connection.connection.cursor()
            raw.execute("PRAGMA journal_mode = OFF").fetchall()
            with (
                pytest.raises(ConfigurationError, match="journal_mode"),
                dialect.step(connection),
            ):
                connection.exec_driver_sql("CREATE TABLE t (a)")
            raw.execute("PRAGMA journal_mode = DELETE").fetchall()
            with dialect.step(connection):
                connection.exec_driver_sql("CREATE TABLE u (a)")
    assert sa.inspect(sqlite_engine).get_table_names() == ["u"]


@pytest.mark.parametrize("mode", ["wal", "truncate", "persist", "delete"])
def test_a_journal_that_can_undo_may_be_chosen(sqlite_chain: Chain, mode: str) -> None:
    """A file may choose every journal mode with which SQLite can undo."""
    chain = sqlite_chain
    chain.add("a1", MADE)
    chain.add("b2", BLOCK + f'op.execute("PRAGMA journal_mode={mode}")')
    chain.add("c3", 'op.execute("UPDATE t SET n = 6")')
    chain.upgrade()
    assert chain.rows() == {"c3"}
    if mode == "wal":
        assert chain.query("PRAGMA journal_mode") == [("wal",)]


@pytest.mark.parametrize("block", ["", BLOCK])
@pytest.mark.parametrize(
    ("name", "value", "asked"),
    [
        ("ignore_check_constraints", "ON", 0),
        ("recursive_triggers", "ON", 0),
        ("writable_schema", "ON", 0),
        ("query_only", "ON", 0),
        ("legacy_alter_table", "ON", 0),
        ("locking_mode", "EXCLUSIVE", "normal"),
        ("synchronous", "OFF", 2),
    ],
)
def test_a_pragma_ends_with_its_revision(
    sqlite_chain: Chain, block: str, name: str, value: str, asked: object
) -> None:
    """What one revision sets is not set in the next one, and our own records are written."""
    chain = sqlite_chain
    chain.add("a1", MADE + 'op.execute("CREATE TABLE seen (value)")')
    last = "" if name == "synchronous" and not block else f'op.execute("PRAGMA {name}={value}")'
    chain.add("b2", block + (last or "pass"))
    see = f'bind.exec_driver_sql("PRAGMA {name}").scalar()'
    chain.add(
        "c3",
        f"bind = op.get_bind()\nvalue = {see}\n"
        'bind.execute(sa.text("INSERT INTO seen VALUES (:value)"), {"value": value})',
    )
    chain.upgrade()
    assert chain.query("SELECT value FROM seen") == [(asked,)]
    assert chain.rows() == {"c3"}


def test_a_check_holds_again_in_the_next_revision(sqlite_chain: Chain) -> None:
    """Rows that a CHECK forbids are refused although the revision before had switched it off."""
    chain = sqlite_chain
    chain.add("a1", MADE)
    chain.add("b2", 'op.execute("PRAGMA ignore_check_constraints=ON")')
    chain.add("c3", 'op.execute("UPDATE t SET n = -1")')
    with pytest.raises(ExecutionError, match="CHECK"):
        chain.upgrade()
    assert chain.rows() == {"b2"}


def test_a_callers_connection_keeps_its_pragmas(sqlite_chain: Chain) -> None:
    """What an application set on its own connection holds in the revisions and after them."""
    chain = sqlite_chain
    chain.add("a1", MADE)
    chain.add("b2", 'op.execute("PRAGMA recursive_triggers=OFF")')
    steps = chain.steps("head")
    with chain.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA recursive_triggers=ON")
        connection.commit()
        chain.run(steps, connection=connection)
        assert connection.exec_driver_sql("PRAGMA recursive_triggers").scalar() == 1
        connection.rollback()
        chain.add("c3", 'op.execute("PRAGMA recursive_triggers=OFF")\nop.execute("nonsense")')
        steps = chain.steps("head")
        with pytest.raises(ExecutionError):
            chain.run(steps, connection=connection)
        assert connection.exec_driver_sql("PRAGMA recursive_triggers").scalar() == 1


@pytest.mark.parametrize(
    "setting", ["session_replication_role=replica", "session_replication_role='replica'"]
)
@pytest.mark.parametrize("block", ["", BLOCK])
def test_a_foreign_key_holds_again_in_the_next_revision(
    postgresql_chain: Chain, block: str, setting: str
) -> None:
    """A revision that switches triggers off for itself does not do so for the next one."""
    chain = postgresql_chain
    chain.add("a1", FAMILY)
    chain.add("b2", f'{block}op.execute("SET {setting}")\n{ORPHAN}')
    chain.add("c3", ORPHAN)
    with pytest.raises(ExecutionError, match="foreign key"):
        chain.upgrade()
    assert chain.rows() == {"b2"}
    assert chain.query("SELECT count(*) FROM child") == [(1,)]


def test_a_callers_session_is_as_before(postgresql_chain: Chain) -> None:
    """What a caller set on the connection is there again; what only a revision set is reset."""
    chain = postgresql_chain
    chain.add(
        "a1",
        'op.execute("SET work_mem = \'9MB\'")\nop.execute("SET enable_seqscan = off")\n'
        "op.execute(\"SET DateStyle = 'SQL, DMY'\")",
    )
    steps = chain.steps("head")
    asked = sa.text(
        "SELECT current_setting('work_mem'), current_setting('enable_seqscan'), "
        "current_setting('DateStyle')"
    )
    with chain.engine.connect() as connection:
        connection.exec_driver_sql("SET work_mem = '7MB'")
        style = connection.execute(asked).one()[2]
        connection.commit()
        chain.run(steps, connection=connection)
        assert tuple(connection.execute(asked).one()) == ("7MB", "on", style)
        connection.rollback()
        chain.add("b2", f"{BLOCK}op.execute(\"SET work_mem = '9MB'\")\nop.execute('nonsense')")
        steps = chain.steps("head")
        with pytest.raises(ExecutionError):
            chain.run(steps, connection=connection)
        assert tuple(connection.execute(asked).one()) == ("7MB", "on", style)


@pytest.mark.parametrize("own", ["", "SET ROLE settings_owner"])
def test_a_role_ends_with_its_revision(postgresql_chain: Chain, own: str) -> None:
    """The version row is written as the role that the application connected or set, no other."""
    chain = postgresql_chain
    user = chain.query("SELECT current_user")[0][0]
    with chain.engine.begin() as connection:
        for role in ("settings_owner", "settings_weak"):
            if not chain.query(f"SELECT 1 FROM pg_roles WHERE rolname = '{role}'"):
                connection.exec_driver_sql(f"CREATE ROLE {role}")
        connection.exec_driver_sql("GRANT ALL ON SCHEMA public TO settings_owner")
    engine = sa.create_engine(chain.engine.url)
    if own:

        @sa.event.listens_for(engine, "connect")
        def take_role(raw: sqlite3.Connection, record: object) -> None:
            raw.cursor().execute(own)
            raw.commit()

    other = Chain(chain.folder, engine)
    other.add("a1", 'op.execute("CREATE TABLE seen (who text)")')
    weak = "RESET ROLE; SET ROLE settings_weak" if own else "SET ROLE settings_weak"
    other.add("b2", "\n".join(f'op.execute("{sql.strip()}")' for sql in weak.split(";")))
    other.add("c3", 'op.execute("INSERT INTO seen SELECT current_user")')
    try:
        other.upgrade()
        assert other.query("SELECT who FROM seen") == [("settings_owner" if own else user,)]
        assert other.rows() == {"c3"}
    finally:
        engine.dispose()
        with chain.engine.begin() as connection:
            connection.exec_driver_sql("DROP OWNED BY settings_owner, settings_weak")
            connection.exec_driver_sql("DROP ROLE settings_owner, settings_weak")


def test_a_database_that_reads_by_default_is_upgraded_as_a_whole(
    postgresql_chain: Chain,
) -> None:
    """What is outside of a transaction is run like the rest where transactions only read."""
    chain = postgresql_chain
    name = chain.engine.url.database
    with chain.engine.begin() as connection:
        connection.exec_driver_sql(f'ALTER DATABASE "{name}" SET default_transaction_read_only=on')
    chain.engine.dispose()
    chain.add("a1", 'op.execute("CREATE TABLE t (id integer)")')
    chain.add("b2", 'op.create_index("i", "t", ["id"], postgresql_concurrently=True)')
    chain.upgrade()
    assert chain.rows() == {"b2"}
    assert chain.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass") == [
        (True,)
    ]


@pytest.mark.parametrize("how", ["mode=ro", "query_only"])
def test_a_database_that_cannot_be_written_is_called_so(sqlite_chain: Chain, how: str) -> None:
    """The error says that the database is read-only, and not that the file is to be mended."""
    chain = sqlite_chain
    chain.add("a1", MADE)
    chain.upgrade()
    chain.add("b2", 'op.execute("UPDATE t SET n = 6")')
    path = chain.engine.url.database
    ending = "?mode=ro&uri=true" if how == "mode=ro" else "?uri=true"
    engine = sa.create_engine(f"sqlite:///file:{path}{ending}")
    if how == "query_only":

        @sa.event.listens_for(engine, "connect")
        def only_read(raw: sqlite3.Connection, record: object) -> None:
            raw.execute("PRAGMA query_only = ON")

    other = Chain(chain.folder, engine)
    with pytest.raises(FlaskmigError) as caught:
        other.upgrade()
    assert "read-only" in f"{caught.value} {caught.value.hint}"
    assert "mend" not in (caught.value.hint or "")
    engine.dispose()
    assert chain.rows() == {"a1"}


def test_a_reader_is_not_called_an_upgrade(sqlite_chain: Chain) -> None:
    """Who waits at COMMIT is told of a reader, while it waits and when it gives up."""
    chain = sqlite_chain
    chain.add("a1", MADE)
    chain.upgrade()
    chain.add("b2", 'op.execute("UPDATE t SET n = 6")')
    chain.options = Options(lock_wait=1.5)
    steps = chain.steps("head")
    errors: list[BaseException] = []

    def upgrade() -> None:
        try:
            chain.run(steps)
        except LockTimeoutError as error:
            errors.append(error)

    assert chain.engine.url.database is not None
    reader = sqlite3.connect(chain.engine.url.database, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM t").fetchall()
    began = time.monotonic()
    thread = threading.Thread(target=upgrade)
    thread.start()
    thread.join(60)
    reader.close()
    assert time.monotonic() - began < 60
    [error] = errors
    assert "readers" in str(error)
    [told] = [event for event in chain.events if isinstance(event, LockAwaited)]
    assert told.reason == READERS
    assert chain.query("SELECT n FROM t") == [(5,), (5,)]
