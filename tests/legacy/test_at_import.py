"""Files that already work on the database while they are loaded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from flaskmig.errors import ExecutionError, InvalidRevisionFileError, UnsupportedOperationError
from tests.execute.chain import line_of
from tests.legacy.project import OldFiles
from tests.legacy.seen import NOTES

TOP = """
from alembic import context
from tests.legacy.seen import NOTES

connection = op.get_bind()
dialect = op.get_context().dialect.name
is_offline = context.is_offline_mode()
made_before = connection.execute(sa.text("SELECT count(*) FROM users")).scalar()
config = context.config
"""
MAKE = "op.create_table('users', sa.Column('id', sa.Integer))"


@pytest.fixture(autouse=True)
def no_notes() -> Iterator[None]:
    NOTES.clear()
    yield
    NOTES.clear()


def test_op_while_loading(engine: Engine, tmp_path: Path) -> None:
    """At import time op and context are those of the run, and what was read there is kept."""
    old = OldFiles(tmp_path / "migrations", engine)
    old.write("a1", f"{MAKE}; op.execute('INSERT INTO users VALUES (7)')")
    old.write(
        "b2",
        "NOTES.append((dialect, is_offline, made_before, config is context.config))\n"
        "NOTES.append(connection.execute(sa.text('SELECT id FROM users')).scalar())",
        top=TOP,
    )
    old.upgrade()
    assert [(engine.dialect.name, False, 1, True), 7] == NOTES


def test_changes_while_loading(engine: Engine, tmp_path: Path) -> None:
    """What a file changes while it is loaded is part of its revision, and undone with it."""
    old = OldFiles(tmp_path / "migrations", engine)
    path = old.write("a1", "op.add_column('users', sa.Column('name', sa.Text))", top=MAKE)
    old.upgrade()
    assert old.columns("users") == ["id", "name"]
    other = old.write(
        "b2", "op.execute('SELECT nonsense FROM users')", top=MAKE.replace("users", "x")
    )
    with pytest.raises(ExecutionError, match="nonsense"):
        old.upgrade()
    assert "x" not in old.tables()
    assert old.rows() == {"a1"}
    assert path != other


def test_the_database_refuses_while_loading(engine: Engine, tmp_path: Path) -> None:
    """What the database refuses there is an error of the database, with the file and the line."""
    old = OldFiles(tmp_path / "migrations", engine)
    path = old.write("a1", top="op.execute('SELECT * FROM nowhere')")
    with pytest.raises(ExecutionError, match="nowhere") as caught:
        old.upgrade()
    assert caught.value.path == str(path)
    assert caught.value.line == line_of(path, "nowhere")
    assert caught.value.revision == "a1"


def test_the_file_fails_while_loading(old: OldFiles) -> None:
    """What fails there by itself is an error of the file."""
    path = old.write("a1", top="import surely_not_installed")
    with pytest.raises(InvalidRevisionFileError, match="surely_not_installed") as caught:
        old.upgrade()
    assert caught.value.path == str(path)
    assert not old.rows()


def test_a_script_of_it(old: OldFiles) -> None:
    """A file that asks for the dialect alone is written down; one that reads is named."""
    old.write("a1", MAKE, top="dialect = op.get_bind().dialect.name")
    _, text = old.script()
    assert "CREATE TABLE" in text
    old.write("b2", MAKE, top=TOP)
    plan, _ = old.script()
    assert any("get_bind" in note.reason for note in plan.notes)


def test_another_revision_while_loading(old: OldFiles) -> None:
    """A revision cannot start a run of its own while it is loaded."""
    old.write("a1", top="from alembic import command\ncommand.upgrade(None, 'head')")
    with pytest.raises(UnsupportedOperationError, match=r"alembic\.command\.upgrade"):
        old.upgrade()
