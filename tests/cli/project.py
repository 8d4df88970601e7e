"""A Flask project in a folder, worked on by real ``flask`` processes."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import flaskmig

APP = """\
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from flaskmig import Migrate

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = {url!r}
app.config["SQLALCHEMY_BINDS"] = {binds!r}
db = SQLAlchemy(app)
migrate = Migrate(app, db{options})

{models}
"""

USERS = """\
class User(db.Model):
    __tablename__ = "users"
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(80), nullable=False)
"""

USERS_WITH_EMAIL = USERS + "    email = db.Column(db.String(120))\n"


@dataclass
class Project:
    """A folder with ``app.py``; ``engine`` reaches its database from the test."""

    folder: Path
    engine: sa.Engine
    environment: dict[str, str] = field(default_factory=dict)

    def write(self, models: str, *, binds: dict[str, str] | None = None, options: str = "") -> None:
        """Write the application anew."""
        url = self.engine.url.render_as_string(hide_password=False)
        app = APP.format(url=url, binds=binds or {}, options=options, models=models)
        (self.folder / "app.py").write_text(app)

    def flask(
        self, *arguments: str, code: int | None = 0, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run ``flask …``; ``code`` is the exit code that it must have, None for any."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "app", *arguments],
            cwd=self.folder,
            env={**os.environ, **self.environment, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        if code is not None:
            assert done.returncode == code, f"{arguments}\n{done.stdout}\n{done.stderr}"
            assert "Traceback" not in done.stderr, done.stderr
        return done

    def db(
        self, *arguments: str, code: int | None = 0, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run ``flask db …``."""
        return self.flask("db", *arguments, code=code, **environment)

    def json(self, *arguments: str, code: int | None = 0) -> Any:
        """Run ``flask db … --json`` and read what it prints."""
        return json.loads(self.db(*arguments, "--json", code=code).stdout)

    @contextmanager
    def here(self) -> Iterator[None]:
        """The application's context in this process, for what a test only needs as a start."""
        app = runpy.run_path(str(self.folder / "app.py"))["app"]
        before = Path.cwd()
        os.chdir(self.folder)
        try:
            with app.app_context():
                yield
                for engine in app.extensions["migrate"].db.engines.values():
                    engine.dispose()
        finally:
            os.chdir(before)

    def start(self) -> None:
        """A migrations folder and a first revision "users", applied."""
        with self.here():
            flaskmig.init()
            flaskmig.migrate(message="users")
            flaskmig.upgrade()

    def revise(self, models: str, message: str = "change", *arguments: str) -> str:
        """Write the models, migrate, upgrade; the id of the new revision."""
        self.write(models)
        self.db("migrate", "-m", message, *arguments)
        with self.here():
            flaskmig.upgrade()
            [head] = flaskmig.heads()
        return head.revision.id

    @property
    def files(self) -> list[Path]:
        """The revision files."""
        return sorted((self.folder / "migrations" / "versions").glob("*.py"))

    def tables(self) -> set[str]:
        """The tables in the database, flaskmig's own left out."""
        return set(sa.inspect(self.engine).get_table_names()) - {
            "alembic_version",
            "flaskmig_journal",
        }

    def columns(self, table: str) -> list[str]:
        return [column["name"] for column in sa.inspect(self.engine).get_columns(table)]

    def rows(self) -> set[str]:
        """What the version table holds."""
        if not sa.inspect(self.engine).has_table("alembic_version"):
            return set()
        with self.engine.connect() as connection:
            found = connection.execute(sa.text("SELECT version_num FROM alembic_version"))
            return set(found.scalars())

    def execute(self, sql: str) -> None:
        """Run a statement in the database."""
        with self.engine.begin() as connection:
            connection.execute(sa.text(sql))
