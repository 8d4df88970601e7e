"""How long is waited, as the command line says it, and what is said of a wait."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from flaskmig.engine.configuration.project import Options
from flaskmig.errors import ConfigurationError
from tests.cli.project import Project
from tests.execute.chain import Chain
from tests.faults.holding import held
from tests.faults.scripts import CREATE


@pytest.fixture
def project(tmp_path: Path, engine: sa.Engine) -> Project:
    found = Project(tmp_path, engine)
    found.write("")
    found.quick("init")
    Chain(tmp_path / "migrations", engine).add("a1", CREATE, 'op.drop_table("t")')
    return found


def test_the_command_line_names_the_holder_and_waits_as_told(project: Project) -> None:
    """--lock-wait wins over Migrate's, the wait is a note on stderr, and its end an error."""
    with held(project.engine) as holder:
        for command in (["upgrade"], ["stamp", "head"]):
            done = project.quick(*command, "--lock-wait", "1.2", code=1)
            assert done.stdout == ""
            assert "Waiting for the database" in done.stderr
            assert holder in done.stderr
            assert "Try:" in done.stderr
    project.quick("upgrade", "--lock-wait", "0")
    assert project.rows() == {"a1"}
    with held(project.engine):
        project.quick("downgrade", "--lock-wait", "0", code=1)
    project.quick("downgrade", "--lock-wait", "0")
    assert project.rows() == set()


def test_timeouts_of_the_command_line(tmp_path: Path, postgresql_engine: sa.Engine) -> None:
    """--lock-timeout and --statement-timeout hold for the statements of that call alone."""
    project = Project(tmp_path, postgresql_engine)
    project.write("", options=", lock_timeout=7, statement_timeout=8")
    project.quick("init")
    chain = Chain(tmp_path / "migrations", postgresql_engine)
    note = (
        'op.execute("CREATE TABLE IF NOT EXISTS seen (l text, s text)")\n'
        "op.execute(\"INSERT INTO seen SELECT current_setting('lock_timeout'), "
        "current_setting('statement_timeout')\")"
    )
    for revision in ("a1", "b2", "c3"):
        chain.add(revision, note)
    project.quick("upgrade", "a1")
    project.quick("upgrade", "b2", "--lock-timeout", "1.5", "--statement-timeout", "0")
    project.quick("upgrade", "c3", "--lock-timeout", "0", "--statement-timeout", "20")
    assert chain.query("SELECT l, s FROM seen") == [("7s", "8s"), ("1500ms", "0"), ("0", "20s")]
    late = 'op.execute("SELECT pg_sleep(60)")'
    chain.add("d4", late)
    done = project.quick("upgrade", "--statement-timeout", "0.2", code=1)
    assert "statement timeout" in done.stderr
    assert project.rows() == {"c3"}


@pytest.mark.parametrize("value", ["-1", "nan", "inf", "2e6001"])
def test_times_that_are_none(project: Project, value: str) -> None:
    """A time that no database takes is refused with a plain message, and nothing runs."""
    done = project.quick("upgrade", f"--lock-timeout={value}", code=1)
    assert "seconds" in done.stderr
    assert project.rows() == set()
    with pytest.raises(ConfigurationError, match="lock_wait"):
        Options.read(project.folder / "migrations", {"lock_wait": "none"})
