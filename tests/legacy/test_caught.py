"""What a file catches: errors of calls are those that Alembic raises there, and ours as well."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from flaskmig import legacy
from flaskmig.engine import commands
from flaskmig.engine.configuration.project import Options, Project
from flaskmig.errors import ObjectExistsError, ObjectNotFoundError

HEADER = """\
import sqlalchemy as sa
from alembic import op

revision = "a1"
down_revision = None


def upgrade():
    op.create_table("users", sa.Column("id", sa.Integer, primary_key=True))
"""


def run(folder: Path, engine: Engine, body: str) -> None:
    """Upgrade with one revision file whose function ends with these lines."""
    (folder / "versions").mkdir()
    text = HEADER + textwrap.indent(textwrap.dedent(body), "    ")
    (folder / "versions" / "a1.py").write_text(text)
    project = Project(
        directory=folder,
        options=Options(),
        metadata={"": sa.MetaData()},
        engines=lambda bind: engine,
        modules=legacy.modules(),
    )
    commands.upgrade(project)


def batch(line: str, error: str) -> str:
    return f"""
        try:
            with op.batch_alter_table("users") as batch:
                {line}
        except {error}:
            pass
        else:
            raise RuntimeError("nothing was raised by {error}")
    """


def test_errors_of_a_batch(tmp_path: Path, sqlite_engine: Engine) -> None:
    """What a batch on SQLite does not find raises ValueError or KeyError, as Alembic's does."""
    body = textwrap.dedent(batch('batch.drop_constraint("no_such", type_="unique")', "ValueError"))
    body += textwrap.dedent(batch('batch.drop_index("no_such")', "ValueError"))
    body += textwrap.dedent(batch('batch.drop_column("no_such")', "KeyError"))
    body += textwrap.dedent(batch('batch.alter_column("no_such", nullable=True)', "KeyError"))
    run(tmp_path, sqlite_engine, body)
    assert [column["name"] for column in sa.inspect(sqlite_engine).get_columns("users")] == ["id"]


def test_errors_of_a_call(tmp_path: Path, sqlite_engine: Engine) -> None:
    """What a call on SQLite does not find, or finds there, raises the driver's error."""
    calls = (
        'op.drop_column("users", "no_such")',
        'op.drop_index("no_such", table_name="users")',
        'op.drop_table("no_such")',
        'op.create_table("users", sa.Column("id", sa.Integer))',
        'op.add_column("users", sa.Column("id", sa.Integer))',
        'op.rename_table("no_such", "other")',
    )
    body = "".join(
        f"try:\n    {call}\nexcept sa.exc.OperationalError:\n    pass\n"
        f"else:\n    raise RuntimeError({call!r})\n"
        for call in calls
    )
    run(tmp_path, sqlite_engine, body)
    assert sa.inspect(sqlite_engine).has_table("users")


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ('op.drop_column("users", "no_such")', ObjectNotFoundError),
        ('op.create_table("users", sa.Column("id", sa.Integer))', ObjectExistsError),
    ],
)
def test_error_that_nobody_catches(
    tmp_path: Path, sqlite_engine: Engine, line: str, error: type[Exception]
) -> None:
    """An error that the file does not catch is ours, and names the line of the call."""
    with pytest.raises(error, match=r"a1\.py:10"):
        run(tmp_path, sqlite_engine, line)
    assert not sa.inspect(sqlite_engine).has_table("users")
