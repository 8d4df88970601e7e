"""What `alembic` means inside of a revision file, and what it means everywhere else."""

from __future__ import annotations

import builtins
import importlib
import json
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import alembic
import alembic.command
import alembic.op
import alembic.testing
import pytest
import sqlalchemy.orm

import flaskmig.legacy
import tests.legacy.seen
from flaskmig.errors import InvalidRevisionFileError
from tests.legacy.project import OldFiles
from tests.legacy.seen import NOTES


@pytest.fixture(autouse=True)
def no_notes() -> Iterator[None]:
    NOTES.clear()
    yield
    NOTES.clear()


FORMS = [
    "from alembic import op as found",
    "from alembic import context, op as found",
    "import alembic; found = alembic.op",
    "import alembic.op; found = alembic.op",
    "import alembic.op as found",
    "import alembic.util.exc, alembic.context; found = alembic.op",
    "from alembic.op import execute; found = op",
    "from alembic.op import *; execute('SELECT 1'); found = op",
    "import importlib; found = importlib.import_module('alembic.op')",
    "import importlib; found = importlib.import_module('.op', 'alembic')",
    "found = __import__('alembic.op', fromlist=['execute'])",
    "found = __import__('alembic').op",
    "exec('from alembic import op as found', globals()); found = globals()['found']",
]


def test_every_form_of_import(old: OldFiles) -> None:
    """However a file imports it, at its top or in a function, op is flaskmig's."""
    tops = "\n".join(f"{form}\nNOTES.append(found)" for form in FORMS)
    inside = "\n".join(f"{form}\nNOTES.append(found)" for form in FORMS if "import *" not in form)
    old.write("a1", f"global found\n{inside}", top=f"from tests.legacy.seen import NOTES\n{tops}")
    old.upgrade()
    assert len(NOTES) == 2 * len(FORMS) - 1
    assert set(map(id, NOTES)) == {id(flaskmig.legacy.modules()["alembic.op"])}
    assert NOTES[0] is not alembic.op


def test_nothing_is_left(old: OldFiles) -> None:
    """After a run, whether it went well or not, imports and modules are as they were."""
    statement, function = builtins.__import__, importlib.import_module
    before = {name: module for name, module in sys.modules.items() if "alembic" in name}
    types = {name: type(module) for name, module in before.items()}
    spaces = {name: dict(vars(module)) for name, module in before.items()}
    old.write("a1", "op.create_table('t', sa.Column('id', sa.Integer))")
    old.upgrade()
    old.write("b2", "raise ValueError('no')")
    with pytest.raises(ValueError, match="no"):
        old.upgrade()
    old.write("c3", top="raise ValueError('never')")
    assert builtins.__import__ is statement
    assert importlib.import_module is function
    after = {name: module for name, module in sys.modules.items() if "alembic" in name}
    assert after == before
    assert {name: type(module) for name, module in after.items()} == types
    assert {name: dict(vars(module)) for name, module in after.items()} == spaces


def test_another_thread(old: OldFiles) -> None:
    """While a revision runs, another thread that imports alembic gets the installed one."""
    found: list[Any] = []

    def look() -> None:
        import alembic as here
        from alembic import op

        found.extend([here, op, importlib.import_module("alembic.op"), op.execute])

    def elsewhere() -> None:
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()

    NOTES.append(elsewhere)
    old.write("a1", "NOTES[0]()", top="from tests.legacy.seen import NOTES")
    old.upgrade()
    assert found == [alembic, alembic.op, alembic.op, alembic.op.execute]


NOT_THERE = """
import importlib.abc
import sys


class Gone(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name in ("alembic", "flask_migrate"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


sys.meta_path.insert(0, Gone())
"""


def test_where_it_is_not_installed(tmp_path: Path) -> None:
    """A process without Alembic runs old files, and still has no Alembic outside of them."""
    script = tmp_path / "script.py"
    script.write_text(
        NOT_THERE
        + textwrap.dedent("""
            import pathlib
            import sqlalchemy as sa
            from flask import Flask
            import flaskmig

            folder = pathlib.Path(sys.argv[1])
            app = Flask("here")
            engine = sa.create_engine(f"sqlite:///{folder}/a.sqlite")
            flaskmig.Migrate(app, directory=folder / "m", metadata=sa.MetaData(), engine=engine)
            (folder / "helper_of_app.py").write_text(
                "from alembic import op\\n"
                "import alembic.command\\n"
                "from alembic.util import CommandError\\n"
                "from alembic.config import Config\\n"
                "class OwnConfig(Config): pass\\n"
                "def fill(): op.execute('INSERT INTO t VALUES (1)')\\n"
            )
            sys.path.append(str(folder))
            with app.app_context():
                flaskmig.init()
                (folder / "m" / "versions" / "a1.py").write_text(
                    "from alembic import context, op\\n"
                    "import sqlalchemy as sa\\n"
                    "import helper_of_app\\n"
                    "revision = 'a1'\\n"
                    "down_revision = None\\n"
                    "def upgrade():\\n"
                    "    assert not context.is_offline_mode()\\n"
                    "    op.create_table('t', sa.Column('id', sa.Integer))\\n"
                    "    helper_of_app.fill()\\n"
                    "def downgrade():\\n"
                    "    op.drop_table('t')\\n"
                )
                flaskmig.upgrade()
            with engine.connect() as connection:
                assert connection.scalar(sa.text("SELECT count(*) FROM t")) == 1
            assert not any(name.partition(".")[0] == "alembic" for name in sys.modules)
            try:
                import alembic
            except ModuleNotFoundError:
                print("none here")
            import helper_of_app

            try:
                helper_of_app.fill()
            except flaskmig.FlaskmigError as error:
                print(error)
            try:
                helper_of_app.alembic.command.upgrade()
            except ModuleNotFoundError:
                print("no command either")
        """)
    )
    done = subprocess.run(
        [sys.executable, script, str(tmp_path)], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    first, second, third = done.stdout.splitlines()
    assert first == "none here"
    assert "no migration is running" in second
    assert third == "no command either"


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("from alembic import nonsense", "alembic.nonsense"),
        ("import alembic.nonsense", "alembic.nonsense"),
        ("from alembic.testing import fixtures", "alembic.testing"),
        ("from alembic.op import create_enum", "alembic.op.create_enum"),
        ("import alembic; alembic.nonsense", "alembic.nonsense"),
        ("op.nonsense()", "alembic.op.nonsense"),
        ("import importlib; importlib.import_module('alembic.testing')", "alembic.testing"),
    ],
)
def test_what_is_not_served(old: OldFiles, statement: str, name: str) -> None:
    """A name that is not served raises an error that says so, also where the real one has it."""
    path = old.write("a1", "pass", top=statement)
    with pytest.raises(InvalidRevisionFileError) as caught:
        old.upgrade()
    assert f"flaskmig does not serve {name} to revision files" in caught.value.message
    assert f"{path}, line" in caught.value.message
    assert "alembic.testing" in sys.modules


def test_hasattr(old: OldFiles) -> None:
    """A file may ask whether there is a name, as it would of Alembic."""
    old.write(
        "a1",
        """
        import alembic
        NOTES.append([hasattr(op, name) for name in ("execute", "create_sprocket", "_x")])
        NOTES.append([hasattr(alembic, name) for name in ("op", "__version__", "testing")])
        NOTES.append([int(part) for part in alembic.__version__.split(".")] >= [1, 7])
        """,
        top="from tests.legacy.seen import NOTES",
    )
    old.upgrade()
    assert NOTES == [[True, False, False], [True, True, False], True]


def test_other_imports(old: OldFiles) -> None:
    """What else a file imports is the very module that the program has."""
    old.write(
        "a1",
        "import json, sqlalchemy.orm; NOTES.append((json, sqlalchemy.orm, alembic_utils_like))",
        top="from tests.legacy import seen as alembic_utils_like\n"
        "from tests.legacy.seen import NOTES",
    )
    old.upgrade()
    assert [(json, sqlalchemy.orm, tests.legacy.seen)] == NOTES


def test_flask_migrate_in_a_revision(old: OldFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    """An application that a revision imports, and that imports Flask-Migrate, gets it whole."""
    for name in ("flask_migrate", "flask_migrate.cli"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    old.write(
        "a1",
        "NOTES.append((flask_migrate.command, op))",
        top="import flask_migrate.cli\nfrom tests.legacy.seen import NOTES",
    )
    old.upgrade()
    assert [(alembic.command, flaskmig.legacy.modules()["alembic.op"])] == NOTES
