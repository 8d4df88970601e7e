"""Modules of the application that import alembic themselves and that revision files call."""

from __future__ import annotations

import builtins
import importlib
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import StringIO
from pathlib import Path
from types import ModuleType

import alembic.command
import alembic.config
import alembic.migration
import alembic.op
import pytest
import sqlalchemy as sa
from alembic.util import CommandError

from flaskmig.engine.calls.command_errors import CommandError as OurCommandError
from flaskmig.errors import ConfigurationError, FlaskmigError
from tests.databases import sqlite_database
from tests.execute.chain import line_of
from tests.legacy.project import OldFiles, run_peer

HELPER = """
import alembic
import sqlalchemy as sa
from alembic import command, context, op
from alembic.command import history
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from alembic.op import execute
from alembic.util import CommandError


def by_module(table):
    op.create_table(table, sa.Column("id", sa.Integer))


def by_package(table):
    alembic.op.add_column(table, sa.Column("name", sa.String(10)))


def by_name(table):
    execute(f"INSERT INTO {table} VALUES (1, 'x')")


def by_bind(table):
    if not context.is_offline_mode():
        op.get_bind().execute(sa.text(f"UPDATE {table} SET name = 'y'"))


def all_of_them(table):
    for function in (by_module, by_package, by_name, by_bind):
        function(table)


class OwnConfig(Config):
    pass


def refuse():
    raise CommandError("the helper says no")
"""

MakeHelper = Callable[[str], str]


@pytest.fixture
def make_helper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeHelper]:
    """Writes an application's module of a name, which can then be imported."""
    made: list[str] = []

    def make(name: str) -> str:
        (tmp_path / f"{name}.py").write_text(HELPER)
        made.append(name)
        return name

    monkeypatch.syspath_prepend(tmp_path)
    yield make
    for name in made:
        sys.modules.pop(name, None)


def use(old: OldFiles, helper: str, table: str, id_: str = "a1") -> None:
    old.write(
        id_, f"{helper}.all_of_them({table!r})", f"op.drop_table({table!r})", f"import {helper}"
    )


def test_first_imported_by_a_revision(old: OldFiles, make_helper: MakeHelper) -> None:
    """A module that a revision is the first to import acts on the migration."""
    use(old, make_helper("first_seen_here"), "t")
    old.upgrade()
    assert old.query("SELECT * FROM t") == [(1, "y")]


def test_imported_before(old: OldFiles, make_helper: MakeHelper) -> None:
    """A module that has Alembic's own op since before acts on the migration as well."""
    name = make_helper("seen_before")
    helper = importlib.import_module(name)
    assert helper.op is alembic.op
    use(old, name, "t")
    old.upgrade()
    assert old.query("SELECT * FROM t") == [(1, "y")]
    assert helper.op is alembic.op
    with pytest.raises((AttributeError, NameError)):
        helper.by_name("t")


def test_its_own_purposes(old: OldFiles, make_helper: MakeHelper) -> None:
    """What a module imports of Alembic for its own purposes works outside of revisions."""
    name = make_helper("has_purposes")
    use(old, name, "t")
    old.upgrade()
    helper = importlib.import_module(name)
    assert helper.command.upgrade is alembic.command.upgrade
    config = helper.Config("nowhere.ini")
    assert isinstance(config, alembic.config.Config)
    assert helper.Config.get_main_option is alembic.config.Config.get_main_option
    assert issubclass(helper.OwnConfig, alembic.config.Config)
    config.set_main_option("script_location", str(old.folder))
    printed = config.stdout = StringIO()
    helper.history(config)
    assert "a1 (head)" in printed.getvalue()
    assert helper.ScriptDirectory.from_config(config).get_current_head() == "a1"
    with old.engine.connect() as connection:
        found = helper.MigrationContext.configure(connection)
        assert isinstance(found, alembic.migration.MigrationContext)
        assert isinstance(found, helper.MigrationContext)
        assert found.get_current_revision() == "a1"
        made = helper.MigrationContext(found.dialect, connection, {})
        assert made.get_current_heads() == ("a1",)
        helper.Operations(found).add_column("t", sa.Column("more", sa.Integer))
        with helper.Operations.context(found) as operations:
            operations.execute("UPDATE t SET more = 5")
            helper.op.execute("UPDATE t SET id = 6")
        connection.commit()
    assert old.query("SELECT * FROM t") == [(6, "y", 5)]
    assert "Config" in repr(helper.Config)


def test_an_error_of_a_helper(old: OldFiles, make_helper: MakeHelper) -> None:
    """A helper that stops the command does so whichever CommandError it has."""
    for number, when in enumerate(("before", "by the revision")):
        name = make_helper(f"refuses_{number}")
        if when == "before":
            assert importlib.import_module(name).CommandError is CommandError
        path = old.write(f"r{number}", f"{name}.refuse()", top=f"import {name}")
        with pytest.raises(FlaskmigError, match="the helper says no") as caught:
            old.upgrade()
        assert type(caught.value) is OurCommandError
        assert f"{path}:{line_of(path, '.refuse()')}" in caught.value.message
        path.unlink()
        old.last = None


@pytest.mark.parametrize("first", ["flaskmig", "alembic"])
def test_both_tools_one_after_the_other(
    old: OldFiles, make_helper: MakeHelper, tmp_path: Path, first: str
) -> None:
    """In one process both tools run files with the same helper, whoever imports it first."""
    name = make_helper(f"shared_{first}")
    use(old, name, "t")
    with sqlite_database(tmp_path / "peer.sqlite") as peer:

        def flaskmig() -> None:
            old.upgrade()
            old.downgrade()
            old.upgrade()

        def other() -> None:
            run_peer(old.folder, peer)
            run_peer(old.folder, peer, "base")
            run_peer(old.folder, peer)

        for run in (flaskmig, other) if first == "flaskmig" else (other, flaskmig):
            run()
        rows = "SELECT * FROM t"
        with peer.connect() as connection:
            assert [tuple(row) for row in connection.execute(sa.text(rows))] == old.query(rows)
    helper = importlib.import_module(name)
    with pytest.raises((AttributeError, NameError, ConfigurationError)):
        helper.by_module("u")


class Pausing:
    """A run in a thread, whose revision waits in its middle until it is let go on."""

    def __init__(self, run: Callable[[], object]) -> None:
        self._reached, self._go_on = threading.Event(), threading.Event()
        self._failed: list[BaseException] = []
        self._thread = threading.Thread(target=self._run, args=(run,))

    def _run(self, run: Callable[[], object]) -> None:
        try:
            run()
        except BaseException as error:
            self._failed.append(error)
            self._reached.set()

    def __call__(self) -> None:
        self._reached.set()
        assert self._go_on.wait(300)

    def start(self) -> None:
        self._thread.start()
        assert self._reached.wait(300)

    def finish(self) -> None:
        self._go_on.set()
        self._thread.join()
        if self._failed:
            raise self._failed[0]


PAUSES: dict[str, Pausing] = {}


@pytest.mark.parametrize("first", ["ours", "theirs"])
def test_alembic_beside(old: OldFiles, make_helper: MakeHelper, tmp_path: Path, first: str) -> None:
    """While Alembic is in the middle of a run in another thread, each tool has its own op."""
    name = make_helper(f"used_by_both_{first}")
    helper = importlib.import_module(name)
    with sqlite_database(tmp_path / "peer.sqlite") as peer:
        other = OldFiles(tmp_path / "other" / "migrations", peer)
        for files, table in ((old, "ours"), (other, "theirs")):
            top = f"import {name}\nfrom tests.legacy.test_helpers import PAUSES"
            files.write("a1", f"PAUSES[{table!r}](); {name}.all_of_them({table!r})", top=top)
        PAUSES.update(
            ours=Pausing(old.upgrade), theirs=Pausing(lambda: run_peer(other.folder, peer))
        )
        second = "theirs" if first == "ours" else "ours"
        for each in (first, second):
            PAUSES[each].start()
        for each in (first, second):
            PAUSES[each].finish()
        assert other.query("SELECT * FROM theirs") == [(1, "y")]
        assert "ours" not in other.tables()
    assert old.query("SELECT * FROM ours") == [(1, "y")]
    assert "theirs" not in old.tables()
    assert helper.op is alembic.op
    assert type(alembic.op) is ModuleType


def test_many_at_once(make_helper: MakeHelper, tmp_path: Path) -> None:
    """Runs beside each other, one of which fails, each have their own op, and leave nothing."""
    name = make_helper("used_by_many")
    helper = importlib.import_module(name)
    statement, code = builtins.__import__, alembic.op.execute.__code__
    failed: list[int] = []

    def run(number: int, files: OldFiles) -> None:
        try:
            files.upgrade()
        except OurCommandError:
            failed.append(number)

    with ExitStack() as stack:
        projects = []
        for number in range(6):
            folder = tmp_path / str(number)
            folder.mkdir()
            engine = stack.enter_context(sqlite_database(folder / "a.sqlite"))
            files = OldFiles(folder / "migrations", engine)
            for step in range(5):
                use(files, name, f"t_{number}_{step}", f"r{step}")
            if number == 3:
                files.write("last", f"{name}.refuse()", top=f"import {name}")
            projects.append(files)
        threads = [
            threading.Thread(target=run, args=(number, files))
            for number, files in enumerate(projects)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for number, files in enumerate(projects):
            made = {each for each in files.tables() if each.startswith("t_")}
            assert made == {f"t_{number}_{step}" for step in range(5)}
    assert failed == [3]
    assert builtins.__import__ is statement
    assert alembic.op.execute.__code__ is code
    assert helper.op is alembic.op
    assert type(alembic.op) is ModuleType
