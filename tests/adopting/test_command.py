"""``flask db adopt`` as people and programs see it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.adopting.conftest import CUSTOM, SINGLE
from tests.adopting.shop import Shop
from tests.cli.project import USERS, Project
from tests.cli.test_terminal import on_a_terminal


def project_of(shop: Shop, options: str = "") -> Project:
    """The folder as ``flask`` sees it: with an application that says ``flaskmig``."""
    project = Project(shop.folder, shop.engines[""])
    project.write(USERS, options=options)
    return project


@pytest.fixture
def project(tmp_path: Path, engine: sa.Engine) -> Project:
    """The project of one database, half upgraded by Flask-Migrate."""
    return project_of(SINGLE.start(tmp_path, {"": engine}, SINGLE.middle))


def test_process(project: Project) -> None:
    """The command tells what there is and what changes, does it, and says what comes next."""
    done = project.db("adopt")
    lines = done.stdout.splitlines()
    assert lines[0] == "migrations: 5 revision files, 5 of them for Alembic; 1 head 8a1b2c3d4e5f"
    assert lines[1] == "the database is at 6a1b2c3d4e5f, 3 applied"
    assert lines[-3:] == [
        "Changes:",
        '    migrations/flaskmig.toml: write_for = "alembic"',
        "    default: flaskmig_journal gets the checksums of 3 applied revisions",
    ]
    assert done.stderr.startswith("Done: ")
    again = project.quick("adopt")
    assert "Changes:" not in again.stdout
    assert again.stderr == "Nothing to do: the project is adopted.\n"


def test_dry_run(project: Project) -> None:
    """--dry-run shows the same changes, says that nothing was done, and nothing was."""
    before = project.everything()
    shown = project.quick("adopt", "--dry-run")
    assert shown.stderr == "Nothing was changed.\n"
    assert project.everything() == before
    assert project.quick("adopt").stdout == shown.stdout


def test_json(project: Project) -> None:
    """--json is all on stdout, with the changes that were made."""
    done = project.quick("adopt", "--json")
    found = json.loads(done.stdout)
    assert done.stderr == ""
    assert found["carried_out"] is True
    assert [each["kind"] for each in found["changes"]] == ["options", "journal"]


def test_what_is_left(tmp_path: Path, sqlite_engine: sa.Engine) -> None:
    """What has to be said in Python ends the command with 1, with the line to write."""
    shop = CUSTOM.start(tmp_path, {"": sqlite_engine}, CUSTOM.middle)
    project = project_of(shop)
    before = project.everything()
    done = project.quick("adopt", code=1)
    assert "include_object: Migrate(…, include_object=include_object)" in done.stdout
    assert "(to be said in Python)" in done.stdout
    assert "version_table: Migrate(…, version_table='shop_version') (goes to" in done.stdout
    assert "script.py.mako, line " in done.stdout
    assert "`import uuid`" in done.stdout
    assert "alembic.ini is read for file_template" in done.stdout
    assert "Nothing was changed" in done.stderr
    found = json.loads(project.quick("adopt", "--json", code=1).stdout)
    assert [each["name"] for each in found["left"]] == [
        "process_revision_directives",
        "include_object",
    ]
    assert project.everything() == before
    refused = project.quick("upgrade", code=1)
    assert "Try: `flask db adopt`" in refused.stderr


def test_problem(project: Project) -> None:
    """A database that does not fit the files ends the command with 1 and what to do."""
    project.execute("UPDATE alembic_version SET version_num = 'gone'")
    done = project.quick("adopt", code=1)
    assert "Problem: " in done.stderr
    assert "'gone', which no file has" in done.stderr
    assert not (project.folder / "migrations" / "flaskmig.toml").exists()


def test_question(tmp_path: Path, sqlite_engine: sa.Engine) -> None:
    """On a terminal the changes are shown and asked about, and no means no."""
    project = project_of(SINGLE.start(tmp_path, {"": sqlite_engine}, SINGLE.middle))
    before = project.everything()
    code, output = on_a_terminal(project, "adopt", answer="n", prompt=b"[Y/n]")
    assert code == 0, output
    assert output.index("Changes:") < output.index("Make these changes?")
    assert "Nothing was changed." in output
    assert project.everything() == before
