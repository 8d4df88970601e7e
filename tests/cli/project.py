"""A Flask project in a folder, worked on by ``flask`` processes."""

from __future__ import annotations

import ctypes
import io
import json
import os
import runpy
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask.cli import ScriptInfo

import flaskmig
from tests.flask_process import run_flask

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

# Part of every PostgreSQL URL here, where the server asks for none: no command may print it.
PASSWORD = "s3cret-word"

# linux/prctl.h and linux/capability.h
_IS_IN_BOUNDING_SET = 23
_DROP_FROM_BOUNDING_SET = 24
_IGNORE_PERMISSIONS = 1

USERS_WITH_EMAIL = USERS + "    email = db.Column(db.String(120))\n"


@dataclass
class Project:
    """A folder with ``app.py``; ``engine`` reaches its database from the test.

    ``is_bound_by_permissions``: file modes hold for the processes, even where they are root's.
    ``is_real``: each of them is started anew; else it may be a fork, see `tests.flask_process`.
    """

    folder: Path
    engine: sa.Engine
    environment: dict[str, str] = field(default_factory=dict)
    is_bound_by_permissions: bool = False
    is_real: bool = False

    @property
    def url(self) -> str:
        """What the application is told of its database."""
        url = self.engine.url
        if url.get_backend_name() == "postgresql":
            url = url.set(password=PASSWORD)
        return url.render_as_string(hide_password=False)

    def write(
        self,
        models: str,
        *,
        binds: dict[str, str] | None = None,
        options: str = "",
        url: str | None = None,
    ) -> None:
        """Write the application anew."""
        app = APP.format(url=url or self.url, binds=binds or {}, options=options, models=models)
        (self.folder / "app.py").write_text(app)

    def flask(
        self,
        *arguments: str,
        code: int | None = 0,
        app: str | None = "app",
        **environment: str,
    ) -> subprocess.CompletedProcess[str]:
        """Run ``flask …``; ``code`` is the exit code that it must have, None for any."""
        done = run_flask(
            [*(["--app", app] if app else []), *arguments],
            folder=self.folder,
            environment={**os.environ, **self.environment, **environment},
            before=_obey_permissions if self.is_bound_by_permissions else None,
            is_real=self.is_real,
        )
        return _checked(done, code)

    def db(
        self, *arguments: str, code: int | None = 0, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run ``flask db …``."""
        return self.flask("db", *arguments, code=code, **environment)

    def quick(self, *arguments: str, code: int | None = 0) -> subprocess.CompletedProcess[str]:
        """``flask db …`` in this process, where another process has shown as much before."""
        output, errors = io.StringIO(), io.StringIO()
        ended: Any = 0
        with self._application() as app, redirect_stdout(output), redirect_stderr(errors):
            try:
                app.cli.main(
                    ["db", *arguments],
                    prog_name="flask",
                    obj=ScriptInfo(create_app=lambda: app),
                )
            except SystemExit as end:
                ended = end.code or 0
        done = subprocess.CompletedProcess(
            ["flask", "db", *arguments], ended, output.getvalue(), errors.getvalue()
        )
        return _checked(done, code)

    def json(self, *arguments: str, code: int | None = 0) -> Any:
        """Run ``flask db … --json`` and read what it prints."""
        return json.loads(self.db(*arguments, "--json", code=code).stdout)

    def quick_json(self, *arguments: str, code: int | None = 0) -> Any:
        """The same in this process."""
        return json.loads(self.quick(*arguments, "--json", code=code).stdout)

    @contextmanager
    def _application(self) -> Iterator[Any]:
        """The application, made anew; the working directory is its folder meanwhile."""
        before = Path.cwd()
        os.chdir(self.folder)
        try:
            app = runpy.run_path("app.py")["app"]
            yield app
            with app.app_context():
                for engine in app.extensions["migrate"].db.engines.values():
                    engine.dispose()
        finally:
            os.chdir(before)

    @contextmanager
    def here(self) -> Iterator[None]:
        """The application's context in this process, for what a test only needs as a start."""
        with self._application() as app, app.app_context():
            yield

    def start(self) -> None:
        """A migrations folder and a first revision "users", applied."""
        with self.here():
            flaskmig.init()
            flaskmig.migrate(message="users")
            flaskmig.upgrade()

    def revise(self, models: str, message: str = "change", *arguments: str) -> str:
        """Write the models, migrate, upgrade; the id of the new revision."""
        self.write(models)
        self.quick("migrate", "-m", message, *arguments)
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

    def everything(self) -> tuple[Mapping[str, bytes], list[str]]:
        """The project's files and all that its database holds, our own tables included."""
        files = {
            str(path.relative_to(self.folder)): path.read_bytes() if path.is_file() else b""
            for path in self.folder.rglob("*")
            if "__pycache__" not in path.parts
        }
        return files, _content(self.engine)


def _checked(
    done: subprocess.CompletedProcess[str], code: int | None
) -> subprocess.CompletedProcess[str]:
    assert PASSWORD not in done.stdout + done.stderr
    if code is not None:
        assert done.returncode == code, f"{done.args}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr, done.stderr
    return done


def _obey_permissions() -> None:
    """In the child, before it becomes flask: give up root's right to write anywhere."""
    if os.geteuid() != 0:
        return
    control = ctypes.CDLL(None).prctl
    if control(_IS_IN_BOUNDING_SET, _IGNORE_PERMISSIONS, 0, 0, 0):
        assert control(_DROP_FROM_BOUNDING_SET, _IGNORE_PERMISSIONS, 0, 0, 0) == 0


_SHAPE = """
SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default)
  FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'type ' || typname FROM pg_type WHERE typnamespace = 'public'::regnamespace
"""


def _content(engine: sa.Engine) -> list[str]:
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            raw: Any = connection.connection.driver_connection
            return list(raw.iterdump())
        found = list(connection.exec_driver_sql(_SHAPE).scalars())
        for table in sa.inspect(connection).get_table_names():
            quoted = engine.dialect.identifier_preparer.quote(table)
            rows = connection.exec_driver_sql(f"SELECT t::text FROM {quoted} AS t").scalars()
            found += [f"{table}: {row}" for row in rows]
        return sorted(found)
