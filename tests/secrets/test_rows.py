"""What stands in rows: not in an error, unless somebody asks for it."""

from __future__ import annotations

import traceback
from pathlib import Path

import pytest
import sqlalchemy as sa

import flaskmig
from flaskmig.errors import ExecutionError
from tests.cli.project import USERS, Project
from tests.cli.test_running import write_revision

ROW = "ada@example.org"


@pytest.fixture
def project(tmp_path: Path, engine: sa.Engine) -> Project:
    """A project whose table users is there, on both databases."""
    found = Project(tmp_path, engine)
    found.write(USERS)
    found.start()
    return found


def twice(project: Project) -> None:
    """A revision that cannot be: it makes a column unique in which a value is there twice."""
    [first] = project.rows()
    for number in (1, 2):
        project.execute(f"INSERT INTO users (id, name) VALUES ({number}, '{ROW}')")
    write_revision(project, "bb22", first, 'op.create_index("u", "users", ["name"], unique=True)')


def test_detail(project: Project) -> None:
    """Which row it was, with its values, is printed with --verbose and not without."""
    twice(project)
    refused = project.quick("upgrade", code=1)
    assert ROW not in refused.stdout + refused.stderr
    assert "--verbose" in refused.stderr
    said = project.quick("upgrade", "--verbose", code=1).stderr
    assert "\nDetail: " in said
    assert ROW in said


def test_detail_for_programs(project: Project) -> None:
    """A program finds the words about the row in ``detail``; they are not in the error's text."""
    twice(project)
    with project.here(), pytest.raises(ExecutionError) as caught:
        flaskmig.upgrade()
    assert ROW not in str(caught.value)
    assert ROW in caught.value.detail


def test_bound_values(project: Project) -> None:
    """Values that a revision hands to a statement are not in the error, nor in its causes."""
    [first] = project.rows()
    body = (
        "import sqlalchemy as sa; "
        'sql = sa.text("INSERT INTO users (id, name, no) VALUES (1, :a, 2)"); '
        f'op.get_bind().execute(sql, {{"a": "{ROW}"}})'
    )
    path = write_revision(project, "bb22", first, body)
    with project.here(), pytest.raises(ExecutionError) as caught:
        flaskmig.upgrade()
    # The line of the revision file is in a traceback, and so is what its author wrote there.
    trace = "".join(traceback.format_exception(caught.value)).replace(body, "")
    assert ROW not in trace
    assert ROW not in str(caught.value)
    assert str(path) in str(caught.value)


def test_statement_about_a_role(project: Project) -> None:
    """The password in a statement about a role is not said back where it fails."""
    [first] = project.rows()
    sql = "CREATE ROLE nobody2 NOSUCHWORD PASSWORD 'h1dden'"
    write_revision(project, "bb22", first, f'op.execute("{sql}")')
    refused = project.quick("upgrade", code=1)
    assert "PASSWORD '***'" in refused.stderr
    assert "h1dden" not in refused.stderr
