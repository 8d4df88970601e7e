"""Every command, with every form of a secret, whether it works, is refused or breaks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import pytest
import sqlalchemy as sa

from flaskmig.cli import group
from tests.counts import DEEP, SEED, rounds
from tests.databases import postgresql_database
from tests.postgres import Server
from tests.secrets.forms import FORMS, Form, Place
from tests.secrets.workbench import ARGUMENTS, STATES, Seen, Workbench

Cell = tuple[Form, str, tuple[str, ...]]
SHARDS = 5
PROCESSES = 15


def cells() -> list[Cell]:
    """All there are, in an order that only the seed decides."""
    commands = [
        (name, *arguments)
        for name in sorted(group.commands)
        for arguments in ARGUMENTS.get(name, ((),))
    ]
    found = [(form, state, command) for form, state, command in product(FORMS, STATES, commands)]
    random.Random(SEED).shuffle(found)
    return found


CELLS = cells()
NORMAL = 150


@pytest.fixture(scope="module")
def server(postgresql_server: Server) -> Iterator[sa.Engine]:
    """A database of a server that asks the role ``canary`` for a password that nobody has."""
    with postgresql_database(postgresql_server) as engine:
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE ROLE canary LOGIN PASSWORD 'nobody has it'")
            rules = Path(connection.exec_driver_sql("SHOW hba_file").scalar_one())
            before = rules.read_text()
            rules.write_text(f"host all canary 127.0.0.1/32 scram-sha-256\n{before}")
            connection.exec_driver_sql("SELECT pg_reload_conf()")
        try:
            yield engine
        finally:
            rules.write_text(before)
            with engine.begin() as connection:
                connection.exec_driver_sql("SELECT pg_reload_conf()")
                connection.exec_driver_sql("DROP ROLE canary")


@contextmanager
def workbench(server: sa.Engine, tmp_path: Path, form: Form, state: str) -> Iterator[Workbench]:
    folder = tmp_path / "project"
    folder.mkdir(exist_ok=True)
    file = sa.create_engine(f"sqlite:///{tmp_path / 'database.sqlite'}")
    place = Place(server if form.database == "postgresql" else file, folder)
    yield Workbench(place, form, state)


def check(bench: Workbench, command: tuple[str, ...], seen: Seen, number: int) -> None:
    leaks = bench.leaks(seen)
    again = f"cell {number} of FLASKMIG_SEED={SEED}: {bench.form.name}, {bench.state}, {command}"
    assert not leaks, f"{again}\n{leaks}\n{seen}"
    if bench.state != "crash":
        assert seen.code in (0, 1, 2), f"{again}\n{seen}"
    if seen.code is None:
        assert "the application's own fault" in seen.trace, f"{again}\n{seen}"
    if seen.code == 1:
        assert "Error: " in seen.errors, f"{again}\n{seen}"


@pytest.mark.parametrize("shard", range(SHARDS))
def test_no_secret_comes_out(shard: int, server: sa.Engine, tmp_path: Path) -> None:
    """No command prints, logs or writes a password, a token or the name of a key's file."""
    count = min(rounds(NORMAL, len(CELLS)), len(CELLS))
    for number in range(shard, count, SHARDS):
        form, state, command = CELLS[number]
        with workbench(server, tmp_path, form, state) as bench:
            bench.prepare(command[0])
            check(bench, command, bench.run(*command), number)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_forms_work(form: Form, server: sa.Engine, tmp_path: Path) -> None:
    """With each form an upgrade runs, and the database is named without the secret."""
    with workbench(server, tmp_path, form, "ok") as bench:
        bench.prepare("upgrade")
        seen = bench.run("upgrade")
        check(bench, ("upgrade",), seen, -1)
        assert seen.code == (0 if form.works else 1), str(seen)
        for command in (("current", "-v"), ("current", "--json")):
            seen = bench.run(*command)
            check(bench, command, seen, -1)
            assert form.works == (form.database in seen.output), str(seen)
    with workbench(server, tmp_path, form, "refused") as bench:
        bench.prepare("upgrade")
        seen = bench.run("upgrade")
        check(bench, ("upgrade",), seen, -1)
        assert seen.code == 1
        if not form.ini:
            assert "cannot connect to" in seen.errors, str(seen)


@pytest.mark.parametrize("form", [each for each in FORMS if each.database == "postgresql"])
def test_wrong_password(form: Form, server: sa.Engine, tmp_path: Path) -> None:
    """The server's refusal of a password is said, and the password is not."""
    with workbench(server, tmp_path, form, "wrong") as bench:
        bench.prepare("upgrade")
        seen = bench.run("upgrade")
        check(bench, ("upgrade",), seen, -1)
        assert seen.code == 1
        if form.works:
            assert "password" in seen.errors.partition("cannot connect to")[2], str(seen)


@pytest.mark.parametrize("shard", range(PROCESSES))
def test_processes(shard: int, server: sa.Engine, tmp_path: Path) -> None:
    """A real flask process shows no secret either, nor does what its libraries print."""
    later = CELLS[-1 - shard :: -PROCESSES]
    for number, (form, state, command) in enumerate(later[: 4 if DEEP else 1]):
        with workbench(server, tmp_path, form, state) as bench:
            bench.prepare(command[0])
            seen = bench.spawn(*command)
            leaks = bench.leaks(seen)
            assert not leaks, f"process {shard}, {number}: {form.name}, {state}, {command}\n{seen}"
            assert "Traceback" not in seen.errors or state == "crash", str(seen)
