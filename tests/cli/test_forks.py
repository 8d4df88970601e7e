"""Most commands of these tests are forks of a loaded process: nothing may tell them from others."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.cli.project import Project
from tests.conftest import MakeDatabase
from tests.flask_process import run_flask

PROBE = '''
import atexit, os, signal, sys

LOADED = sorted(name for name in sys.modules if name.split(".")[0] in ("flaskmig", "tests"))

@app.cli.command()
def probe():
    """Says what the process sees."""
    umask = os.umask(0)
    atexit.register(print, "at exit")
    print(LOADED, sys.argv[1:], Path(sys.argv[0]).name, os.getcwd(), sys.path)
    print(umask, os.environ.get("SAID"), sorted(os.environ), repr(sys.stdin.read()))
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        print(stream.isatty(), stream.encoding, stream.errors, stream.line_buffering)
    print(signal.getsignal(signal.SIGCHLD), signal.getsignal(signal.SIGINT), time.tzname)
    print(__name__, sys.modules["__main__"].__package__, sorted(os.listdir("/proc/self/fd"))[:3])
    print("said to stderr", file=sys.stderr)

@app.cli.command()
@click.argument("how")
def end(how):
    """Ends as it is told."""
    if how == "raise":
        raise ZeroDivisionError("of ours")
    if how == "kill":
        os.kill(os.getpid(), signal.SIGTERM)
    if how == "exit":
        os._exit(7)
    sys.exit(int(how) if how.isdigit() else how)
'''


@pytest.fixture
def probing(sqlite_project: Project) -> Project:
    sqlite_project.write("")
    app = sqlite_project.folder / "app.py"
    head = "import time, click\nfrom pathlib import Path\n"
    # Before the application loads anything itself.
    loaded = PROBE.partition("@app")[0]
    app.write_text(head + loaded + app.read_text() + PROBE.removeprefix(loaded))
    return sqlite_project


def both(project: Project, *arguments: str, **said: str) -> tuple[str, str, int]:
    """What the command says and how it ends, either way; the last line of stderr alone."""
    found = []
    for is_real in (True, False):
        done = run_flask(
            ["--app", "app", *arguments],
            folder=project.folder,
            environment={**os.environ, **said},
            is_real=is_real,
        )
        last = done.stderr.splitlines()[-1:]
        found.append((done.stdout, "".join(last), done.returncode))
    assert found[0] == found[1]
    return found[1]


def test_surroundings(probing: Project) -> None:
    """A fork sees the arguments, variables, folder, files and modules that a new process sees."""
    before = os.umask(0o027)
    try:
        output, errors, code = both(probing, "probe", SAID="é here", TZ="Asia/Tokyo")
    finally:
        os.umask(before)
    assert (code, errors) == (0, "said to stderr")
    assert output.startswith("[] ['--app', 'app', 'probe'] __main__.py")
    assert f"{0o027} é here" in output
    assert "'JST'" in output
    assert output.endswith("at exit\n")


@pytest.mark.parametrize(
    ("how", "code"),
    [("0", 0), ("3", 3), ("a word", 1), ("raise", 1), ("kill", -signal.SIGTERM), ("exit", 7)],
)
def test_ends(probing: Project, how: str, code: int) -> None:
    """A fork ends as a new process does, whatever ends it."""
    assert both(probing, "end", how)[2] == code


def test_commands(started: Project) -> None:
    """A command says the same in a fork, whether it works or not."""
    assert both(started, "db", "current")[0].endswith("(head) (current)\n")
    assert both(started, "db", "check")[2] == 0
    assert both(started, "db", "upgrade", "nonesuch")[2] == 1
    assert both(started, "db", "upgrade", "--nonesuch")[2] == 2


def test_side_by_side(probing: Project, make_database: MakeDatabase) -> None:
    """Two forks know nothing of each other: neither a variable nor a module stays."""
    other = Project(probing.folder / "other", make_database("sqlite"))
    Path(other.folder).mkdir()
    other.write("")
    assert "FIRST" in probing.flask("probe", FIRST="1").stdout
    assert "FIRST" not in probing.flask("probe").stdout
    other.flask("probe", code=2)
