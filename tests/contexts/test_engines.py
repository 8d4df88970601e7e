"""Engines while a revision runs: which lead to its connection, and what the others do."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from flaskmig.engine.executing import execute
from flaskmig.errors import (
    ExecutionError,
    OperationError,
    UnsupportedOperationError,
)
from tests.conftest import MakeDatabase
from tests.contexts.files import Files
from tests.contexts.ways import OURS, WAYS, T, ids
from tests.databases import sqlite_database
from tests.postgres import Server


def test_what_was_begun_by_the_application(sqlite_files: Files) -> None:
    """Listeners that send BEGIN, as SQLAlchemy's documentation has them, disturb nothing."""
    files = sqlite_files
    heard: list[str] = []

    def begin(connection: sa.Connection) -> None:
        heard.append("begin")
        connection.exec_driver_sql("BEGIN")

    sa.event.listen(files.engine, "begin", begin)
    files.write("a1", T + WAYS["session"].strip())
    files.quietly()
    assert heard
    assert ids(files) == [1, 2]


def test_listeners_of_every_engine(sqlite_files: Files) -> None:
    """A listener that sets up each new connection may do so, and changes nothing of ours."""
    files = sqlite_files
    heard: list[object] = []

    def connected(driver: Any, _: object) -> None:
        cursor = driver.cursor()
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.close()
        driver.create_function("twice", 1, lambda value: 2 * value)
        heard.append(driver)

    sa.event.listen(Engine, "connect", connected)
    try:
        files.write(
            "a1", T + "with engine.begin() as other:\n    other.execute(insert, {'id': 2})\n"
        )
        files.quietly()
    finally:
        sa.event.remove(Engine, "connect", connected)
    assert len(heard) == 2
    assert ids(files) == [1, 2]


def test_the_drivers_own_connection_is_locked_out(sqlite_files: Files) -> None:
    """What connects past SQLAlchemy cannot write on SQLite, and the error says what to use."""
    files = sqlite_files
    files.write(
        "a1",
        f"""
        {T.strip().replace(chr(10), chr(10) + "        ")}
        import sqlite3
        with sqlite3.connect(engine.url.database, timeout=0.01) as other:
            other.execute("CREATE TABLE u (id INTEGER)")
        """,
    )
    with pytest.raises(ExecutionError, match="database is locked") as caught:
        files.upgrade()
    assert "use op.get_bind()" in caught.value.hint
    assert files.tables() <= OURS


def test_a_lost_connection_is_told_as_such(postgresql_files: Files) -> None:
    """Where the connection is lost under a session, that error is seen, and nothing is kept."""
    files = postgresql_files
    files.write(
        "a1",
        f"""
        {T.strip().replace(chr(10), chr(10) + "        ")}
        with Session(engine) as session:
            session.execute(insert, {{"id": 2}})
            session.execute(sa.text("SELECT pg_terminate_backend(pg_backend_pid())"))
        """,
    )
    with pytest.raises(ExecutionError, match="terminating connection") as caught:
        files.upgrade()
    assert "nothing of this revision was kept" in caught.value.hint
    assert files.tables() == set()


def test_nobody_else_is_answered(tmp_path: Path, sqlite_files: Files) -> None:
    """Another thread, another database and what comes after get connections of their own."""
    files, seen = sqlite_files, []
    with sqlite_database(tmp_path / "other.sqlite") as other:
        with other.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE elsewhere (id INTEGER)")

        def look(engine: Engine) -> None:
            with engine.connect() as connection:
                seen.append(sa.inspect(connection).get_table_names())

        def both() -> None:
            look(other)
            thread = threading.Thread(target=look, args=(files.engine,))
            thread.start()
            thread.join()

        files.write("a1", "pass")
        files.upgrade()
        files.write("b2", T + 'op.get_bind().info["look"]()')
        with files.engine.connect() as connection:
            connection.info["look"] = both
            files.upgrade(connection=connection)
        assert seen == [["elsewhere"], ["alembic_version", "flaskmig_journal"]]
        look(files.engine)
        assert "t" in seen[-1]


ROLE = "flaskmig_beside"


def test_another_user_does_not_wait_for_ever(
    postgresql_server: Server, postgresql_files: Files, tmp_path: Path
) -> None:
    """A connection as somebody else that waits for our locks ends with an error that says so."""
    files = Files(tmp_path / "waiting", postgresql_files.engine, lock_wait=1)
    with files.engine.begin() as connection:
        connection.exec_driver_sql(f"DROP ROLE IF EXISTS {ROLE}")
        connection.exec_driver_sql(f"CREATE ROLE {ROLE} LOGIN SUPERUSER")
    try:
        files.write("a1", T)
        files.write(
            "b2",
            f"""
            op.add_column("t", sa.Column("more", sa.Integer()))
            other = sa.create_engine(op.get_bind().engine.url.set(username="{ROLE}"))
            with other.connect() as connection:
                connection.execute(sa.text("SELECT * FROM t"))
            """,
        )
        with pytest.raises(OperationError, match="waited for a lock") as caught:
            files.upgrade()
        assert "op.get_bind()" in caught.value.hint
        assert files.rows() == {"a1"}
        assert files.columns("t") == ["id", "n"]
    finally:
        with files.engine.begin() as connection:
            connection.exec_driver_sql(f"DROP ROLE {ROLE}")


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_stand_in_is_reached_for_the_applications(
    files: Files, make_database: MakeDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a run on another database the application's engines lead there, or nowhere."""
    scratch = make_database(files.engine.dialect.name)
    other = make_database(files.engine.dialect.name)
    monkeypatch.setitem(sys.modules, "flaskmig_engines", [files.engine, other])
    engine = "import sys\nengine = sys.modules['flaskmig_engines'][%d]\n"
    files.write("a1", f"{T}{engine % 0}{WAYS['session'].strip()}")
    files.write("b2", f"{engine % 1}engine.connect()")
    engines = {"": files.engine, "other": other}
    project = replace(files.project, engines=engines.__getitem__, binds=("", "other"))
    steps = files.steps("head")
    with scratch.connect() as connection:
        execute.run(project, "", steps[:1], scripts=files.scripts, connection=connection)
        with pytest.raises(UnsupportedOperationError, match="only stands for") as caught:
            execute.run(project, "", steps[1:], scripts=files.scripts, connection=connection)
    assert "op.get_bind()" in caught.value.hint
    assert files.tables() == set()
    assert Files(files.folder, scratch).query("SELECT id FROM t ORDER BY id") == [(1,), (2,)]


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_with_another_driver(postgresql_files: Files) -> None:
    """With psycopg2 second connections are the migration's own as well."""
    url = postgresql_files.engine.url.set(drivername="postgresql+psycopg2")
    files = Files(postgresql_files.folder, sa.create_engine(url))
    for number, (way, body) in enumerate(WAYS.items()):
        drop = 'op.execute("DROP TABLE IF EXISTS u")\nop.drop_table("t")\n' if number else ""
        files.write(f"r{number}", f"{drop}{T}{body.strip()}")
        files.upgrade()
        assert ids(files) == [1, 2], way
    files.engine.dispose()
