"""2 to 16 upgraders that are started together, on a fresh database and on one that is behind."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from flaskmig.engine import commands
from tests.cli.project import Project
from tests.conftest import MakeDatabase
from tests.counts import SEED, rounds
from tests.execute.chain import Chain

PROCESSES = (2, 4, 8, 16)
DEADLINE = 240.0

CREATE = """
op.create_table(
    "t",
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("n", sa.Integer(), nullable=False),
)
op.execute("INSERT INTO t (id, n) VALUES (1, 1), (2, 2)")
"""
WIDEN = """
op.add_column("t", sa.Column("c", sa.Text(), server_default="x"))
op.execute("UPDATE t SET n = n * 2")
"""
REBUILD = """
op.alter_column("t", "c", existing_type=sa.Text(), nullable=False)
op.execute("UPDATE t SET n = n * 2")
"""
INDEX = """
op.execute("UPDATE t SET n = n * 2")
op.create_index("t_n", "t", ["n"], postgresql_concurrently=True)
op.execute("UPDATE t SET n = n * 2")
"""
REVISIONS = {"a1": CREATE, "b2": WIDEN, "c3": REBUILD, "d4": INDEX}
ROWS = [(1, 16, "x"), (2, 32, "x")]


def add(chain: Chain) -> None:
    for revision, body in REVISIONS.items():
        chain.add(revision, body)


def upgrade_in_child(chain: Chain, url: str, start: Any, answers: Any) -> None:
    """One upgrader: what it applied, or the error that it ended with."""
    chain.engine = sa.create_engine(url, poolclass=NullPool)
    start.wait(DEADLINE)
    try:
        [ran] = commands.upgrade(chain.project)
    except BaseException as error:
        answers.put(f"{type(error).__name__}: {error}")
        raise
    answers.put([step.revision for step in ran.applied])


def judge(engine: sa.Engine, applied: list[Any], expected: list[str]) -> None:
    """Each revision was applied by exactly one, nobody failed, and the rows say once as well."""
    assert [each for each in applied if isinstance(each, str)] == []
    assert sorted(revision for each in applied for revision in each) == expected
    with engine.connect() as connection:

        def ask(sql: str) -> list[Any]:
            return [tuple(row) for row in connection.exec_driver_sql(sql)]

        assert ask("SELECT id, n, c FROM t ORDER BY id") == ROWS
        assert ask("SELECT version_num FROM alembic_version") == [("d4",)]
        done = "SELECT revision, state FROM flaskmig_journal WHERE ordinal = 0 ORDER BY revision"
        assert ask(done) == [(revision, "done") for revision in REVISIONS]


def together(chain: Chain, count: int) -> list[Any]:
    """What each of so many upgraders answers, all let go at the same moment."""
    url = chain.engine.url.render_as_string(hide_password=False)
    chain.engine.dispose()
    forking = get_context("fork")
    start, answers = forking.Barrier(count), forking.Queue()
    children = [
        forking.Process(target=upgrade_in_child, args=(chain, url, start, answers))
        for _ in range(count)
    ]
    for child in children:
        child.start()
    found = [answers.get(timeout=DEADLINE) for _ in children]
    for child in children:
        child.join(DEADLINE)
    return found


@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
def test_upgraders_at_once(name: str, make_database: MakeDatabase, tmp_path: Path) -> None:
    """However many start at once, each revision is applied exactly once, and none fails."""
    for number in range(-(-rounds(27, 270) // 2)):
        draw = random.Random(f"{SEED} {name} {number}")
        # Sixteen take eight times as long as two: they come less often.
        count = draw.choices(PROCESSES, (6, 4, 2, 1))[0] if number > 3 else PROCESSES[number]
        is_behind = draw.random() < 0.5
        chain = Chain(tmp_path / str(number), make_database(name))
        add(chain)
        expected = list(REVISIONS)
        if is_behind:
            chain.upgrade("b2")
            expected = expected[2:]
        applied = together(chain, count)
        try:
            judge(chain.engine, applied, expected)
        except AssertionError as error:
            error.add_note(
                f"{name}, round {number}, {count} upgraders, behind: {is_behind}, seed {SEED}; "
                f"answers: {applied}; FLASKMIG_SEED and FLASKMIG_ROUNDS make it happen again"
            )
            raise
        chain.engine.dispose()


@pytest.mark.parametrize("name", ["sqlite", "postgresql"])
def test_flask_processes_at_once(name: str, make_database: MakeDatabase, tmp_path: Path) -> None:
    """Real ``flask db upgrade`` processes: each revision once, every exit code 0."""
    for number in range(-(-rounds(3, 30) // 2)):
        count = (2, 4, 3)[number % 3]
        project = Project(tmp_path / str(number), make_database(name))
        project.folder.mkdir()
        project.write("")
        project.quick("init")
        add(Chain(project.folder / "migrations", project.engine))
        command = [sys.executable, "-m", "flask", "--app", "app", "db", "upgrade", "--json"]
        children = [
            subprocess.Popen(
                command,
                cwd=project.folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for _ in range(count)
        ]
        said = [child.communicate(timeout=DEADLINE) for child in children]
        assert [child.returncode for child in children] == [0] * count, (SEED, number, said)
        applied = [
            [step["revision"] for step in json.loads(output)[0]["applied"]] for output, _ in said
        ]
        judge(project.engine, applied, list(REVISIONS))
        project.engine.dispose()
