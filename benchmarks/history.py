"""Commands on a long history that is applied already, and the start of a process.

Each command is a process of its own; what counts is the time beyond ``flask --help``.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.applied import write_journal
from benchmarks.contest import Contender, Result, compete
from benchmarks.databases import databases
from benchmarks.processes import PEERS, Applications

COMMANDS = ("heads", "current", "upgrade", "history")
BASELINE = "flask --help"


def run(
    database: str, revisions: int, rounds: int, *, command: str = "current", merges: bool = False
) -> Result:
    """Measure one command; raises AssertionError where the tools print different revisions."""
    with TemporaryDirectory() as folder, databases(database) as make:
        urls = {name: make() for name in PEERS}
        applications = Applications(Path(folder), revisions, urls, merges)
        said = {}
        for name in PEERS:
            # The files say what a database at the head would be like; none is run here.
            applications.flask(name, "db", "stamp", "heads")
            said[name] = applications.flask(name, "db", "heads").split()[0]
        assert len(set(said.values())) == 1, said
        write_journal(urls["flaskmig"], Path(folder) / "migrations")
        contenders = [
            Contender(name=name, run=partial(applications.flask, name, "db", command))
            for name in PEERS
        ]
        help_ = partial(applications.flask, "flaskmig", "--help")
        contenders.append(Contender(name=BASELINE, run=help_))
        seconds = compete(contenders, rounds)
    return Result(
        benchmark="history",
        database=database,
        what=f"flask db {command}{', merges' if merges else ''}",
        size=revisions,
        unit="revisions",
        seconds=seconds,
        baseline=BASELINE,
    )
