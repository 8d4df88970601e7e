"""What the static scan of revision files says about tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from flaskmig.engine.files.managed import (
    created_tables,
    function_name,
    managed_by,
)
from flaskmig.errors import InvalidRevisionFileError
from flaskmig.schema import QualifiedName

FILE = """
from flaskmig import op

TABLE = "named"

def upgrade():
    op.create_table("users", schema="shop")
    op.create_table(TABLE)
    posts = op.create_table("posts")
    op.create_table(name="careful", if_not_exists=True)
    if posts:
        op.create_table("maybe")
    op.rename_table("posts", "articles")

def downgrade():
    op.create_table("old")

def upgrade_events():
    op.create_table("clicks")
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "one.py"
    path.write_text(FILE)
    return path


def names(found: frozenset[QualifiedName]) -> set[str]:
    return {str(name) for name in found}


def test_created_and_renamed(file: Path) -> None:
    """Tables made or renamed to in any function of the default bind are managed."""
    assert names(managed_by([file]).tables) == {
        "shop.users",
        "named",
        "posts",
        "careful",
        "maybe",
        "articles",
        "old",
    }


def test_of_another_bind(file: Path) -> None:
    """Another bind has only what its own functions make."""
    assert names(managed_by([file], "events").tables) == {"clicks"}


def test_function_of_older_projects_serves_every_bind(tmp_path: Path) -> None:
    """`upgrade(engine_name)` counts for each bind."""
    path = tmp_path / "one.py"
    path.write_text('def upgrade(engine_name):\n    op.create_table("a")\n')
    assert names(managed_by([path], "events").tables) == {"a"}


def test_created_whatever_is_there(file: Path) -> None:
    """Only what upgrading makes without looking counts as created outright."""
    assert names(created_tables([file])) == {"shop.users", "named", "posts"}


HELPERS = """
def upgrade():
    upgrade_all()

def upgrade_all():
    op.create_table("made_by_helper")
    upgrade_events()

def upgrade_events():
    op.create_table("clicks")

def upgrade_forgotten():
    op.create_table("never")
"""


def test_helpers(tmp_path: Path) -> None:
    """A helper called upgrade_… counts where it is called and is no function of a known bind."""
    path = tmp_path / "one.py"
    path.write_text(HELPERS)
    assert names(managed_by([path], binds=["", "events"]).tables) == {"made_by_helper"}
    assert names(managed_by([path], "events", binds=["", "events"]).tables) == {"clicks"}
    assert names(managed_by([path]).tables) == {"made_by_helper", "clicks"}


def test_encoding(tmp_path: Path) -> None:
    """A file in another encoding is read as Python reads it."""
    path = tmp_path / "one.py"
    text = '# coding: latin-1\ndef upgrade():\n    op.create_table("caf\xe9")\n'
    path.write_bytes(text.encode("latin-1"))
    assert names(managed_by([path]).tables) == names(created_tables([path])) == {"caf\xe9"}


def test_file_that_is_not_python(tmp_path: Path) -> None:
    """A file that does not parse is an error with its line."""
    path = tmp_path / "one.py"
    path.write_text("op.create_table(\n")
    with pytest.raises(InvalidRevisionFileError) as caught:
        managed_by([path])
    assert caught.value.line == 1


def test_function_name() -> None:
    """Characters that no identifier has become underscores."""
    assert function_name("upgrade", "") == "upgrade"
    assert function_name("upgrade", "my-events") == "upgrade_my_events"


OBJECTS = """
from flaskmig import op

SQL = "CREATE FUNCTION touch() RETURNS trigger AS $$ BEGIN END $$"

def upgrade():
    op.create_view("winners", "SELECT 1", schema="app")
    op.create_view(view_name="others", definition="SELECT 1")
    op.create_function(SQL)
    op.create_function(build())
    op.create_function("no function")
    op.create_trigger("CREATE TRIGGER touched BEFORE UPDATE ON users EXECUTE FUNCTION touch()")
    op.create_extension("citext")

def upgrade_events():
    op.create_view("clicks", "SELECT 1")
"""


def test_objects(tmp_path: Path) -> None:
    """Views, functions, triggers and extensions are found where their names can be read."""
    path = tmp_path / "one.py"
    path.write_text(OBJECTS)
    assert managed_by([path], binds=["events"]).objects == {
        "view:app.winners",
        "view:others",
        "function:touch",
        "trigger:touched",
        "extension:citext",
    }
    assert managed_by([path], "events").objects == {"view:clicks"}
