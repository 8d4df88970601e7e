"""Several upgraders, lost connections, locks, and several databases."""

from __future__ import annotations

import threading
import time
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from flaskmig.engine.configuration.project import Options, Project
from flaskmig.engine.executing import execute
from flaskmig.engine.files.scripts import Scripts
from flaskmig.engine.migrating.events import RevisionRetried
from flaskmig.engine.migrating.steps import Step
from flaskmig.errors import ExecutionError
from tests.conftest import MakeDatabase
from tests.crash.child import commits
from tests.execute.chain import Chain

CREATE = 'op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True))'


def upgrade_in_child(chain: Chain, url: str, queue: Any) -> None:
    chain.engine = sa.create_engine(url)
    queue.put(len(chain.upgrade()))


def test_upgraders_at_once(chain: Chain) -> None:
    """Of several upgraders each revision is applied by exactly one, and none of them fails."""
    chain.add("a1", CREATE)
    for n in range(6):
        chain.add(f"b{n}", f'op.execute("INSERT INTO t (id) VALUES ({n})")')
    url = chain.engine.url.render_as_string(hide_password=False)
    chain.engine.dispose()
    forking = get_context("fork")
    queue = forking.Queue()
    children = [
        forking.Process(target=upgrade_in_child, args=(chain, url, queue)) for _ in range(4)
    ]
    for child in children:
        child.start()
    for child in children:
        child.join(60)
    assert [child.exitcode for child in children] == [0] * 4
    assert sum(queue.get(timeout=5) for _ in children) == 7
    assert chain.query("SELECT count(*) FROM t") == [(6,)]
    assert chain.rows() == {"b5"}


@pytest.mark.parametrize("arrives", [True, False])
def test_connection_lost_at_commit(postgresql_chain: Chain, arrives: bool) -> None:
    """Whether a COMMIT took effect is found out where the connection was lost at it."""
    chain = postgresql_chain
    chain.add("a1", CREATE)
    chain.add("b2", 'op.execute("INSERT INTO t (id) VALUES (1)")')
    chain.add("c3", 'op.execute("INSERT INTO t (id) VALUES (2)")')
    steps = chain.steps("head")
    seen = 0

    def cut(connection: Any, cursor: Any, sql: str, *_: Any) -> None:
        nonlocal seen
        seen += commits(sql)
        if commits(sql) and seen == 2:
            cursor.connection.close()
            if arrives:
                raise psycopg.OperationalError("the connection was lost")

    moment = "after_cursor_execute" if arrives else "before_cursor_execute"
    sa.event.listen(chain.engine, moment, cut)
    applied = chain.run(steps)
    assert [step.revision for step in applied] == ["a1", "b2", "c3"]
    assert chain.query("SELECT id FROM t ORDER BY 1") == [(1,), (2,)]


def test_connection_lost_elsewhere(postgresql_chain: Chain) -> None:
    """A connection that is lost in the middle of a revision ends the run, with nothing kept."""
    chain = postgresql_chain
    chain.add("a1", CREATE + '\nop.execute("SELECT pg_terminate_backend(pg_backend_pid())")')
    with pytest.raises(ExecutionError):
        chain.upgrade()
    assert chain.tables() == set()


def test_lock_that_is_not_free_in_time(tmp_path: Path, postgresql_engine: Engine) -> None:
    """A revision that did not get a lock in time is rolled back and tried again."""
    chain = Chain(tmp_path, postgresql_engine, lock_timeout=0.1)
    chain.add("a1", CREATE)
    chain.upgrade()
    chain.add(
        "b2",
        'op.create_table("u", sa.Column("a", sa.Integer()))\n'
        'op.add_column("t", sa.Column("x", sa.Integer()))',
    )
    with postgresql_engine.connect() as reader:
        reader.execute(sa.text("SELECT * FROM t"))

        def let_go_after_a_retry() -> None:
            deadline = time.monotonic() + 30
            while not retried() and time.monotonic() < deadline:
                time.sleep(0.01)
            reader.rollback()

        def retried() -> bool:
            return any(isinstance(event, RevisionRetried) for event in chain.events)

        threading.Thread(target=let_go_after_a_retry).start()
        chain.upgrade()
    assert retried()
    assert chain.columns("t") == ["id", "x"]
    assert chain.rows() == {"b2"}


def test_savepoint_in_a_revision(chain: Chain) -> None:
    """A revision that catches a failing statement in a savepoint of its own goes on."""
    chain.add("a1", CREATE)
    chain.add(
        "b2",
        """
        bind = op.get_bind()
        try:
            with bind.begin_nested():
                op.execute("INSERT INTO nowhere VALUES (1)")
        except sa.exc.DBAPIError:
            pass
        op.execute("INSERT INTO t (id) VALUES (1)")
        """,
    )
    chain.upgrade()
    assert chain.query("SELECT id FROM t") == [(1,)]


def project_of(folder: Path, engines: dict[str, Engine]) -> Project:
    return Project(
        directory=folder,
        options=Options(),
        metadata={bind: sa.MetaData() for bind in engines},
        engines=engines.__getitem__,
        binds=tuple(engines),
    )


MULTI = '''"""m"""
import sqlalchemy as sa
from flaskmig import op

revision = "a1"
down_revision = None


def upgrade():
    op.create_table("main", sa.Column("id", sa.Integer()))


def upgrade_other_db():
    op.create_table("other", sa.Column("id", sa.Integer()))
'''
OLD_MULTI = '''"""m"""
import sqlalchemy as sa
from flaskmig import op

revision = "a1"
down_revision = None


def upgrade(engine_name):
    globals()["upgrade_%s" % engine_name]()


def upgrade_():
    op.create_table("main", sa.Column("id", sa.Integer()))


def upgrade_other_db():
    op.create_table("other", sa.Column("id", sa.Integer()))
'''


@pytest.mark.parametrize("text", [MULTI, OLD_MULTI])
def test_several_databases(make_database: MakeDatabase, tmp_path: Path, text: str) -> None:
    """Each bind gets its own function, and one that a file has nothing for just its row."""
    binds = ("", "other-db" if text is MULTI else "other_db", "later")
    engines = {bind: make_database("sqlite") for bind in binds}
    (tmp_path / "versions").mkdir()
    (tmp_path / "versions" / "a1.py").write_text(text)
    project = project_of(tmp_path, engines)
    scripts = Scripts(tmp_path, project.options)
    for bind in binds:
        steps = [
            Step(revision=revision, direction="upgrade")
            for revision in scripts.graph.upgrade_path((), "head")
        ]
        execute.run(project, bind, steps, scripts=scripts)
    found = [
        set(sa.inspect(engine).get_table_names()) - {"alembic_version", "flaskmig_journal"}
        for engine in engines.values()
    ]
    assert found == [{"main"}, {"other"}, set()]
