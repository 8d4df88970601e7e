"""What is different on a terminal: questions, colour, a line that says what is going on."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time

import pytest

from tests.cli.project import USERS, Project

ABOUT = USERS + "    about = db.Column(db.Text)\n"
SUMMARY = USERS + "    summary = db.Column(db.Text)\n"


def on_a_terminal(
    project: Project, *arguments: str, answer: str = "", prompt: bytes = b"[y/N]"
) -> tuple[int, str]:
    """Run ``flask db …`` on a terminal, type the answer at the question; exit code and output."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "app", "db", *arguments],
        cwd=project.folder,
        env={**os.environ, "TERM": "xterm-256color"},
        stdin=follower,
        stdout=follower,
        stderr=follower,
        start_new_session=True,
    )
    os.close(follower)
    output = b""
    is_answered = False
    end = time.monotonic() + 100
    while time.monotonic() < end:
        if select.select([leader], [], [], 0.2)[0]:
            try:
                data = os.read(leader, 4096)
            except OSError:
                break
            if not data:
                break
            output += data
        if answer and not is_answered and prompt in output:
            os.write(leader, answer.encode() + b"\n")
            is_answered = True
    os.close(leader)
    return process.wait(timeout=60), output.decode()


@pytest.fixture
def undecided(started: Project) -> Project:
    started.revise(ABOUT, "about")
    started.write(SUMMARY)
    return started


def test_a_rename_is_asked(undecided: Project) -> None:
    """An uncertain rename is asked with the reasons for it, and yes writes a rename."""
    code, output = on_a_terminal(undecided, "migrate", answer="y")
    assert code == 0, output
    assert "about is gone and summary is new; both " in output
    assert "same place in the table" in output
    assert any("summary" in path.read_text() for path in undecided.files)
    undecided.execute("INSERT INTO users (id, name, about) VALUES (1, 'Ada', 'kept')")
    undecided.db("upgrade")
    with undecided.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT summary FROM users").scalar() == "kept"


def test_no_is_a_drop_and_an_add(undecided: Project) -> None:
    """No writes a drop and an add."""
    code, output = on_a_terminal(undecided, "migrate", answer="n")
    assert code == 0, output
    assert any("drop_column" in path.read_text() for path in undecided.files[-2:])
    undecided.db("upgrade")
    assert undecided.columns("users") == ["id", "name", "summary"]


def test_colour_and_progress(sqlite_started: Project) -> None:
    """Ids have a colour on a terminal, and a line says what is going on; in a pipe neither."""
    code, output = on_a_terminal(sqlite_started, "current")
    assert code == 0
    assert "\x1b[36m" in output
    sqlite_started.quick("downgrade")
    code, output = on_a_terminal(sqlite_started, "upgrade")
    assert code == 0
    assert "upgrade to head" in output
    sqlite_started.quick("downgrade")
    piped = sqlite_started.db("upgrade").stderr
    assert "upgrade to head" not in piped
    assert "\x1b" not in piped


REQUIRED = USERS + "    age = db.Column(db.Integer, nullable=False)\n"


@pytest.mark.parametrize(("answer", "code"), [("30 + id", 0), (" ", 1)])
def test_a_missing_value_is_asked(started: Project, answer: str, code: int) -> None:
    """What rows get in a NOT NULL column is asked; nothing for an answer stops."""
    started.execute("INSERT INTO users (id, name) VALUES (1, 'Ada')")
    started.write(REQUIRED)
    ended, output = on_a_terminal(started, "migrate", answer=answer, prompt=b"nothing: stop")
    assert ended == code, output
    assert "users.age is NOT NULL without a default, and users has rows" in output
    if code:
        assert len(started.files) == 1
        return
    started.db("upgrade")
    with started.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT age FROM users").scalar() == 31
