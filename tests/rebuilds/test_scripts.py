"""A script of ``--sql`` stops by itself where running the revisions would."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.execute.chain import Chain
from tests.execute.test_script import run_script
from tests.rebuilds.database import application, made
from tests.rebuilds.judge import look

_TABLES = (
    "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE other (id INTEGER PRIMARY KEY);"
    "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER REFERENCES p, m INTEGER UNIQUE);"
    "CREATE TABLE child (t_m INTEGER REFERENCES t (m) ON DELETE CASCADE, n INTEGER);"
    "PRAGMA foreign_keys = OFF; INSERT INTO p VALUES (1);"
    "INSERT INTO t VALUES (1, 1, 10), (2, 9, 20);"
    "INSERT INTO child VALUES (10, 1), (20, 1), (77, 2);"
)
_HISTORY = """
op.create_table("p", sa.Column("id", sa.Integer(), primary_key=True))
op.create_table("other", sa.Column("id", sa.Integer(), primary_key=True))
op.create_table("t", sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("n", sa.Integer(), sa.ForeignKey("p.id")), sa.Column("m", sa.Integer(), unique=True))
op.create_table("child", sa.Column("t_m", sa.Integer(), sa.ForeignKey("t.m", ondelete="CASCADE")),
    sa.Column("n", sa.Integer()))
"""
ALLOWED = [
    "op.create_check_constraint('c', 't', 'm > 0')",
    "op.create_foreign_key('more', 'child', 'p', ['n'], ['id'])\n"
    "op.execute('INSERT INTO p VALUES (2)')",
    "op.alter_column('t', 'm', nullable=False)\nop.alter_column('child', 'n', nullable=False)",
]
STOPPED = [
    "op.create_foreign_key('more', 'child', 'p', ['n'], ['id'])",
    "op.create_foreign_key('more', 't', 'other', ['id'], ['id'])",
    "op.alter_column('t', 'm', type_=sa.BigInteger(), using='m + 1')",
    "op.create_check_constraint('c', 't', 'm > 0')\nop.execute('UPDATE child SET t_m = 5')",
    "op.alter_column('t', 'm', nullable=False)\nop.execute('DELETE FROM p')",
]


def scripted(tmp_path: Path, change: str) -> tuple[Path, Chain, str]:
    """A database at the first revision, with violations in it, and the script of the second."""
    path = made(tmp_path, _TABLES)
    chain = Chain(tmp_path / "migrations", application(path))
    chain.add("a1", _HISTORY)
    chain.add("b2", change)
    _, text = chain.script("head", start=("a1",))
    raw = sqlite3.connect(path)
    raw.executescript(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL);"
        "INSERT INTO alembic_version VALUES ('a1');"
    )
    raw.close()
    return path, chain, text


@pytest.mark.parametrize("change", ALLOWED)
def test_violations_of_before_stop_no_script(tmp_path: Path, change: str) -> None:
    """A script goes through where rows lacked their parents before."""
    path, chain, text = scripted(tmp_path, change)
    assert run_script(chain.engine, text) == []
    assert chain.rows() == {"b2"}
    raw = sqlite3.connect(path)
    assert len(look(raw).violations) == 2
    raw.close()


@pytest.mark.parametrize("change", STOPPED)
def test_new_violations_stop_a_script(tmp_path: Path, change: str) -> None:
    """A script stops where a row would lack its parent, and the database is as it was."""
    path, chain, text = scripted(tmp_path, change)
    raw = sqlite3.connect(path)
    before = look(raw)
    [error] = run_script(chain.engine, text)
    assert "CHECK constraint failed" in error
    assert chain.rows() == {"a1"}
    assert look(raw) == before
    raw.close()


@pytest.mark.parametrize("change", [*ALLOWED, *STOPPED])
def test_the_program_of_sqlite_runs_the_script(tmp_path: Path, change: str) -> None:
    """sqlite3 itself carries the script out or stops, exit code and all; so does Python's."""
    path, chain, text = scripted(tmp_path, change)
    program = shutil.which("sqlite3")
    if program is None:
        code = 1 if run_script(chain.engine, text) else 0
    else:
        done = subprocess.run(
            [program, str(path)], input=text, text=True, capture_output=True, check=False
        )
        code = done.returncode
        assert bool(done.stderr) == bool(code), done.stderr
    assert (code == 0) == (change in ALLOWED)
    assert chain.rows() == ({"b2"} if change in ALLOWED else {"a1"})
