"""A folder that the real Alembic made without Flask-Migrate, adopted and given back."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from flask import Flask

import flaskmig
from flaskmig.engine.configuration.root_files import root_file
from tests.adopting.shapes import SINGLE

BASE = sa.MetaData()
sa.Table(
    "users",
    BASE,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(80), nullable=False),
)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """An empty folder, and the working directory."""
    before = Path.cwd()
    os.chdir(tmp_path)
    yield tmp_path
    os.chdir(before)


def made(folder: Path, template: str, engine: sa.Engine) -> Config:
    """A folder ``alembic`` of that template, with one revision, upgraded; its settings."""
    files = {"generic": "alembic.ini", "pyproject": "pyproject.toml"}
    config = Config("alembic.ini", toml_file="pyproject.toml")
    command.init(config, "alembic", template=template)
    url = engine.url.render_as_string(hide_password=False)
    ini = folder / "alembic.ini"
    ini.write_text(
        ini.read_text()
        .replace("driver://user:pass@localhost/dbname", url)
        .replace("[loggers]", "[unused]")
    )
    settings = folder / files[template]
    text = settings.read_text()
    quote = '"' if template == "pyproject" else ""
    for given, wanted in {
        "# truncate_slug_length = 40": (
            f"truncate_slug_length = 30\nfile_template = {quote}%%(rev)s{quote}"
        ),
        "# version_locations = %(here)s/bar:%(here)s/bat:%(here)s/alembic/versions": (
            "version_locations = %(here)s/alembic/versions"
        ),
    }.items():
        text = text.replace(given, wanted)
    settings.write_text(text)
    env = folder / "alembic" / "env.py"
    env.write_text(
        env.read_text()
        .replace("    fileConfig(config.config_file_name)", "    pass")
        .replace(
            "target_metadata = None",
            "from tests.adopting.test_plain_alembic import BASE\ntarget_metadata = BASE",
        )
    )
    (folder / "alembic" / "versions" / "4f1a2b3c4d5e.py").write_text(
        SINGLE["4f1a2b3c4d5e_users.py"]
    )
    command.upgrade(config, "head")
    return config


@contextmanager
def application(engine: sa.Engine, **options: Any) -> Iterator[None]:
    """An application with the same models and flaskmig."""
    app = Flask("plain")
    flaskmig.Migrate(app, engine=engine, directory="alembic", **options)
    with app.app_context():
        yield


@pytest.mark.parametrize("template", ["generic", "pyproject"])
def test_there_and_back(template: str, folder: Path, engine: sa.Engine) -> None:
    """The settings beside the folder are taken over, and Alembic goes on afterwards."""
    config = made(folder, template, engine)
    with application(engine, metadata=BASE):
        found = flaskmig.adopt()
        assert found.is_carried_out, (found.left, found.problems)
        toml = tomllib.loads((folder / "alembic" / "flaskmig.toml").read_text())
        assert toml.pop("version_locations", ["versions"]) == ["versions"]
        assert toml.pop("prepend_sys_path") == ["."]
        wanted = {"file_template": "%(rev)s", "truncate_slug_length": 30}
        assert toml == {"write_for": "alembic", **wanted}
        assert flaskmig.adopt().changes == ()
        written = flaskmig.revision(message="from flaskmig", rev_id="5f")
        assert written.path is not None
        assert written.path.name == "5f.py"
        flaskmig.upgrade()
    command.downgrade(config, "-1")
    command.upgrade(config, "head")
    with application(engine, metadata=BASE):
        (current,) = flaskmig.current()
        assert [each.revision.id for each in current.entries] == ["5f"]


def test_settings_of_another_folder(folder: Path) -> None:
    """Settings that name another folder, or none, are not taken for those of this one."""
    directory = folder / "migrations"
    directory.mkdir()
    assert root_file(directory) is None
    (folder / "alembic.ini").write_text("[alembic]\nscript_location = other\ntimezone = UTC\n")
    (folder / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert root_file(directory) is None
    (folder / "pyproject.toml").write_text("not toml")
    assert root_file(directory) is None
    (folder / "alembic.ini").write_text("[alembic]\nscript_location = migrations\ntimezone = UTC\n")
    found = root_file(Path("migrations"))
    assert found is not None
    assert dict(found.options) == {"timezone": "UTC"}
    (directory / "alembic.ini").write_text("[alembic]\n")
    assert root_file(directory) is None


def test_several_locations(folder: Path) -> None:
    """Folders of revisions are written as they are seen from the migrations folder."""
    (folder / "migrations").mkdir()
    for name in ("one", "two"):
        (folder / name).mkdir()
    (folder / "alembic.ini").write_text(
        "[alembic]\nscript_location = %(here)s/migrations\npath_separator = ;\n"
        "version_locations = one; %(here)s/two; pkg:three\n"
        "[post_write_hooks]\nhooks = a\na.type = exec\na.executable = ruff\n"
    )
    found = root_file(Path("migrations"))
    assert found is not None
    assert found.options["version_locations"] == ["../one", "../two", "pkg:three"]
    assert found.options["post_write_hooks"] == [{"type": "exec", "executable": "ruff"}]
