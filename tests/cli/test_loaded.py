"""What a command loads: no module of ours, and no library, that it has no use for."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.cli.project import Project

# At the end of the process, so that nothing that a command loads is missed.
TELLING = """
import atexit, json, sys
atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr))
"""
READING = ("heads", "current", "history", "show", "branches", "upgrade")
# With those that `from flaskmig import Migrate` loads: 74 and 78 on PostgreSQL.
FEW = 85
ENOUGH = 230

# What changes, compares, runs and writes.
HEAVY = (
    "flaskmig.declare",
    "flaskmig.engine.calls",
    "flaskmig.engine.comparing",
    "flaskmig.engine.detecting",
    "flaskmig.engine.executing.execute",
    "flaskmig.engine.files.allowed_source",
    "flaskmig.engine.files.managed",
    "flaskmig.engine.models",
    "flaskmig.engine.plans",
    "flaskmig.engine.proving",
    "flaskmig.engine.rendering",
    "flaskmig.op",
    "flaskmig.operations",
    "flaskmig.schema",
    "flaskmig.snapshots",
    "flaskmig.sql",
)
# Other people's, that no command here has a use for.
LIBRARIES = ("alembic", "hypothesis", "jinja2.ext", "rich", "sqlglot")
# Those of the standard library that only an alembic.ini, a flaskmig.toml or a hook needs.
SELDOM = (
    "argparse",
    "configparser",
    "getpass",
    "tomllib",
    "flaskmig.engine.configuration.ini_file",
)


@pytest.fixture
def telling(started: Project) -> Project:
    """A project whose processes say at their end what they have loaded."""
    app = started.folder / "app.py"
    app.write_text(TELLING + app.read_text())
    return started


def loaded(project: Project, *arguments: str) -> set[str]:
    """The modules that a command loads; of libraries only those that no test has loaded."""
    told = project.flask(*arguments).stderr.splitlines()[-1]
    return set(json.loads(told))


def ours(modules: set[str]) -> set[str]:
    return {name for name in modules if name.split(".")[0] == "flaskmig"}


def under(modules: set[str], names: tuple[str, ...]) -> set[str]:
    """Those that are one of the names, or in one of them."""
    return {each for each in modules if any(f"{each}.".startswith(f"{name}.") for name in names)}


def other(project: Project) -> str:
    return {"sqlite": "postgresql", "postgresql": "sqlite"}[project.engine.dialect.name]


def test_applications(telling: Project) -> None:
    """An application that has Migrate loads the commands and nothing of what they run."""
    found = ours(loaded(telling, "--help"))
    assert not under(found, ("flaskmig.engine.commands", "flaskmig.dialects", *HEAVY))
    assert len(found) <= 30


def test_reading(telling: Project) -> None:
    """Commands that look where a database is load neither schemas nor what runs revisions."""
    for command in READING:
        found = ours(loaded(telling, "db", command))
        assert not under(found, HEAVY), command
        assert not under(found, (f"flaskmig.dialects.{other(telling)}",)), command
        assert len(found) <= FEW, command


def test_comparing(telling: Project) -> None:
    """check loads no revision's calls and no other kind of database."""
    found = ours(loaded(telling, "db", "check"))
    told = ("executing.execute", "calls", "plans", "proving")
    assert not under(found, tuple(f"flaskmig.engine.{name}" for name in told))
    assert not under(found, (f"flaskmig.dialects.{other(telling)}",))
    assert len(found) <= ENOUGH


@pytest.mark.parametrize("command", ["current", "check", "downgrade"])
def test_libraries(telling: Project, command: str) -> None:
    """None of them loads a parser, what draws on terminals, or SQLAlchemy's other dialect."""
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", "db", command],
        cwd=telling.folder,
        capture_output=True,
        text=True,
        check=True,
    )
    found = set(json.loads(done.stderr.splitlines()[-1]))
    assert not under(found, LIBRARIES)
    assert not under(found, (f"sqlalchemy.dialects.{other(telling)}",))
    assert command != "current" or not under(found, SELDOM)


def test_plain_import() -> None:
    """`from flaskmig import Migrate` needs no library but those that it is made for."""
    code = "import json, sys, flask, sqlalchemy\nbefore = set(sys.modules)\n"
    code += "from flaskmig import Migrate\nprint(json.dumps(sorted(set(sys.modules) - before)))\n"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    found = set(json.loads(done.stdout))
    assert len(ours(found)) <= 30
    assert not under(found, (*LIBRARIES, *SELDOM))
