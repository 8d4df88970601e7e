"""What env.py, alembic.ini and script.py.mako say, and where that goes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import sqlalchemy as sa

import flaskmig
from flaskmig.errors import ConfigurationError
from tests.adopting.adopted import HOOKS, adopt, refusal
from tests.adopting.conftest import SINGLE
from tests.adopting.shop import INI, Shop


def test_own_env(custom: Shop) -> None:
    """Plain values go to flaskmig.toml; functions are left with the line of Python to write."""
    before = custom.files()
    found = adopt(custom)
    assert not found.is_possible
    assert custom.files() == before
    state = {each.name: (each.state, each.instead) for each in found.settings}
    assert state["version_table"][0] == "moved"
    lines = (custom.migrations / "env.py").read_text().splitlines()
    where = {
        name: next(number for number, line in enumerate(lines, 1) if f"def {name}(" in line)
        for name in ("include_object", "numbered")
    }
    assert [(each.name, each.instead) for each in found.left] == [
        (
            "process_revision_directives",
            "Migrate(…, process_revision_directives=numbered), with the function of line "
            f"{where['numbered']}",
        ),
        (
            "include_object",
            "Migrate(…, include_object=include_object), with the function of line "
            f"{where['include_object']}",
        ),
    ]
    assert found.databases == ()
    assert found.ini == ("file_template",)
    assert [each.text for each in found.template] == ["import uuid"]


def test_own_env_that_is_said(custom: Shop) -> None:
    """What Migrate says is settled; other commands stop until then, and go on afterwards."""
    error = refusal(custom)
    for name in ("version_table", "include_object", "process_revision_directives"):
        assert name in error.message
    assert "flask db adopt" in error.hint
    assert "version_table" in refusal(custom, **HOOKS).message
    found = adopt(custom, **HOOKS)
    assert found.is_carried_out
    assert tomllib.loads((custom.migrations / "flaskmig.toml").read_text()) == {
        "version_table": "shop_version",
        "write_for": "alembic",
    }
    with custom.ours(**HOOKS):
        (current,) = flaskmig.current()
        assert [each.revision.id for each in current.entries] == ["r0001"]
    assert "include_object" in refusal(custom).message


def test_another_value_than_env_py(custom: Shop) -> None:
    """An option that Migrate gives another plain value than env.py is not taken for the same."""
    error = refusal(custom, version_table="other", **HOOKS)
    assert "version_table" in error.message
    assert [each.name for each in adopt(custom, version_table="other", **HOOKS).left] == [
        "version_table"
    ]


def test_env_py_ignored(custom: Shop) -> None:
    """What env_py="ignore" passes over is listed, and neither moved nor asked for."""
    found = adopt(custom, env_py="ignore", version_table="shop_version")
    assert found.is_carried_out
    assert {each.state for each in found.settings} == {"ignored"}
    assert "version_table" not in (custom.migrations / "flaskmig.toml").read_text()


def test_two_values(custom: Shop) -> None:
    """A value that env.py says in two ways is for a person to settle."""
    custom.edit("env.py", ("url=url, target", "version_table='other', url=url, target"))
    assert {each.name for each in adopt(custom, **HOOKS).left} == {"version_table"}


def test_x_arguments_are_told_of(single: Shop) -> None:
    """An env.py that asks for -x is told where that is now, and stops nothing."""
    single.edit(
        "env.py",
        ("config = context.config\n", "config = context.config\nx = context.get_x_argument()\n"),
    )
    found = adopt(single)
    assert found.is_carried_out
    assert [(each.name, each.state) for each in found.settings] == [("get_x_argument()", "known")]
    with single.ours():
        assert flaskmig.current()


def test_template_is_said(single: Shop) -> None:
    """A template of one's own that is not used is told of at each new file, until ours is there."""
    single.edit(
        "script.py.mako", ("import sqlalchemy as sa\n", "import sqlalchemy as sa\nimport uuid\n")
    )
    with single.ours():
        flaskmig.upgrade()
        written = flaskmig.revision(message="one")
        assert "import uuid" in written.notes[0]
        assert "script.py.jinja" in written.notes[0]
        ours = Path(flaskmig.engine.__file__).parent / "files" / "script.py.jinja"
        (single.migrations / "script.py.jinja").write_bytes(ours.read_bytes())
        assert flaskmig.revision(message="two").notes == ()


def test_folder_of_our_own(tmp_path: Path, sqlite_engine: sa.Engine) -> None:
    """In a folder that has nothing of Alembic there is nothing to take over."""
    shop = Shop(tmp_path, {"": sqlite_engine}, SINGLE.models)
    with shop.ours():
        flaskmig.init()
        flaskmig.migrate(message="tables")
        flaskmig.upgrade()
    for rewrite in (False, True):
        assert adopt(shop, rewrite=rewrite).changes == ()


def test_no_folder(tmp_path: Path, sqlite_engine: sa.Engine) -> None:
    """Where there is no migrations folder the error says so."""
    shop = Shop(tmp_path, {"": sqlite_engine}, SINGLE.models)
    with pytest.raises(ConfigurationError, match="no migrations folder"):
        adopt(shop)


def test_ini_is_read(single: Shop) -> None:
    """What alembic.ini says of files is named and stays there, where both tools read it."""
    single.edit(INI, ("# file_template = %%(rev)s_%%(slug)s\n", "file_template = %%(rev)s\n"))
    before = single.files()[INI]
    assert adopt(single).ini == ("file_template",)
    assert single.files()[INI] == before
