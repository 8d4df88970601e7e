"""Generated histories of any length, which flaskmig and Flask-Migrate both run."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import CreateTable

_FILE = '''"""{message}

Revision ID: {revision}
Revises: {parents}
"""

from alembic import op
import sqlalchemy as sa

revision = {revision!r}
down_revision = {down!r}
branch_labels = None
depends_on = None


def upgrade():
    {up}


def downgrade():
    {down_call}
'''
_APP = '''"""An application with a long history."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from {module} import Migrate

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = {url!r}
db = SQLAlchemy(app)
Migrate(app, db, directory={directory!r})
'''
# Flask-Migrate's env.py as far as it matters for these commands, in our words.
_ENV = '''"""Runs revisions on the engine of the current application."""

from alembic import context
from flask import current_app

engine = current_app.extensions["migrate"].db.engine
metadata = current_app.extensions["migrate"].db.metadata
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()
'''
_MAKO = "# no file is made from it\\n"


def revision_id(number: int) -> str:
    return f"{number:012x}"


def write_app(folder: Path, module: str, url: str) -> Path:
    """An app.py on the migrations folder beside it, with ``flaskmig`` or ``flask_migrate``."""
    path = folder / f"app_{module}.py"
    directory = str(folder / "migrations")
    path.write_text(_APP.format(module=module, url=url, directory=directory))
    return path


def write_history(folder: Path, revisions: int, *, merges: bool = False) -> None:
    """A migrations folder of revisions that make, fill and change one table each in turn.

    ``merges``: every tenth revision has a twin beside it, and the next one merges both.
    """
    versions = folder / "migrations" / "versions"
    versions.mkdir(parents=True)
    (folder / "migrations" / "alembic.ini").write_text("[alembic]\nscript_location = .\n")
    (folder / "migrations" / "env.py").write_text(_ENV)
    (folder / "migrations" / "script.py.mako").write_text(_MAKO)
    (folder / "migrations" / "flaskmig.toml").write_text('env_py = "ignore"\n')
    heads: tuple[str, ...] = ()
    number = 0
    while number < revisions:
        made = [revision_id(number)]
        _write(versions, made[0], heads, number)
        number += 1
        if merges and number % 10 == 5 and heads and number < revisions:
            made.append(revision_id(number))
            _write(versions, made[1], heads, number)
            number += 1
        heads = tuple(made)


def _write(versions: Path, revision: str, parents: tuple[str, ...], number: int) -> None:
    down = None if not parents else parents[0] if len(parents) == 1 else parents
    up, back = _calls(number)
    text = _FILE.format(
        message=f"revision {number}",
        revision=revision,
        parents=", ".join(parents),
        down=down,
        up=up,
        down_call=back,
    )
    (versions / f"{revision}_revision_{number}.py").write_text(text)


def _calls(number: int) -> tuple[str, str]:
    name = f"table_{number:05}"
    columns = 'sa.Column("id", sa.Integer, primary_key=True), sa.Column("name", sa.String(80))'
    return f'op.create_table("{name}", {columns})', f'op.drop_table("{name}")'


def bare_statements(revisions: int, dialect: Dialect) -> list[str]:
    """The DDL of a linear history without any tool, a statement a revision."""
    found = []
    for number in range(revisions):
        table = sa.Table(
            f"table_{number:05}",
            sa.MetaData(),
            sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("name", sa.String(80)),
        )
        found.append(str(CreateTable(table).compile(dialect=dialect)))
    return found
