"""The functions of published files: what they are called with, and for which database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import flaskmig.legacy
from flaskmig import op as new_op
from flaskmig.engine.configuration.project import Project
from flaskmig.engine.executing import execute
from flaskmig.errors import InvalidRevisionFileError
from tests.databases import sqlite_database
from tests.legacy.project import OldFiles
from tests.legacy.seen import NOTES

TOP = "from tests.legacy.seen import NOTES\n"
THEIRS = flaskmig.legacy.modules()["alembic.op"]


@pytest.fixture(autouse=True)
def no_notes() -> Iterator[None]:
    NOTES.clear()
    yield
    NOTES.clear()


@pytest.mark.parametrize(
    ("signature", "noted", "expected"),
    [
        ("op", "op", THEIRS),
        ("op, /", "op", THEIRS),
        ("*, op", "op", THEIRS),
        ("op=None", "op", THEIRS),
        ("op=op", "op", THEIRS),
        ("op=5", "op", 5),
        ("engine_name", "engine_name", ""),
        ("engine_name=None", "engine_name", None),
        ("engine_name='one'", "engine_name", "one"),
        ("*arguments, **options", "(arguments, options)", ((), {})),
        ("tester=7", "tester", 7),
    ],
)
def test_parameters(old: OldFiles, signature: str, noted: str, expected: object) -> None:
    """Parameters called op and engine_name are filled, and others keep their defaults."""
    path = old.write("a1", f"NOTES.append({noted})", top=TOP)
    text = path.read_text()
    path.write_text(text.replace("def upgrade()", f"def upgrade({signature})"))
    old.upgrade()
    assert [expected] == NOTES


def test_op_without_an_import(old: OldFiles) -> None:
    """A file that gets op as a parameter need not import it."""
    path = old.write("a1", "op.create_table('t', sa.Column('id', sa.Integer))")
    text = path.read_text().replace("from alembic import op\n", "")
    path.write_text(text.replace("def upgrade()", "def upgrade(op, engine_name)"))
    old.upgrade()
    assert "t" in old.tables()


def test_op_of_a_new_file(old: OldFiles) -> None:
    """A file that imports flaskmig's op is given that one."""
    path = old.write("a1", "NOTES.append(op)", top=TOP)
    text = path.read_text().replace("from alembic import op", "from flaskmig import op")
    path.write_text(text.replace("def upgrade()", "def upgrade(op)"))
    old.upgrade()
    assert [new_op] == NOTES


@pytest.mark.parametrize("signature", ["tester", "op, tables", "engine_name, /, tables"])
def test_unknown_parameters(old: OldFiles, signature: str) -> None:
    """What nobody can fill is an error that names the parameter and its line."""
    path = old.write("a1", "NOTES.append(1)")
    path.write_text(path.read_text().replace("def upgrade()", f"def upgrade({signature})"))
    name = signature.rpartition(" ")[2]
    with pytest.raises(InvalidRevisionFileError, match=f"parameter {name}") as caught:
        old.upgrade()
    assert caught.value.line is not None
    assert not NOTES


SPLIT = """
from alembic import op
from tests.legacy.seen import NOTES

revision = "a1"
down_revision = None

def upgrade({parameter}):
    {dispatch}

def downgrade({parameter}):
    {down}

def upgrade_():
    NOTES.append(("up", "", op.get_bind().engine.url.database))

def upgrade_second():
    NOTES.append(("up", "second", op.get_bind().engine.url.database))

def downgrade_():
    NOTES.append(("down", "", op.get_bind().engine.url.database))

def downgrade_second():
    NOTES.append(("down", "second", op.get_bind().engine.url.database))
"""


@pytest.mark.parametrize("parameter", ["engine_name", "engine_name=None", "engine_name, op=None"])
@pytest.mark.parametrize(
    "dispatch", ['globals()["{}_%s" % engine_name]()', 'eval("{}_%s" % engine_name)()']
)
def test_several_databases(old: OldFiles, tmp_path: Path, parameter: str, dispatch: str) -> None:
    """Flask-Migrate's files for several databases run each function on its own database."""
    path = old.write("a1")
    up, down = dispatch.format("upgrade"), dispatch.format("downgrade")
    path.write_text(SPLIT.format(parameter=parameter, dispatch=up, down=down))
    with sqlite_database(tmp_path / "second.sqlite") as second:
        engines = {"": old.engine, "second": second, "added_later": second}
        places = {name: engine.url.database for name, engine in engines.items()}
        project: Project = replace(old.project, engines=engines.__getitem__, binds=("", "second"))
        [up_one] = old.steps("a1")
        for bind in ("", "second"):
            for step in (up_one, replace(up_one, direction="downgrade")):
                execute.run(project, bind, [step], scripts=old.scripts)
        execute.run(project, "added_later", [up_one], scripts=old.scripts)
    assert [(way, bind, places[bind]) for bind in ("", "second") for way in ("up", "down")] == NOTES
