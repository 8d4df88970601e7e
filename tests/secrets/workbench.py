"""A project whose database is told of in one of the forms, and what its commands leave behind."""

from __future__ import annotations

import io
import json
import logging
import os
import runpy
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask.cli import ScriptInfo
from sqlalchemy.pool import NullPool

from tests.secrets.forms import CANARY, Form, Place

# Nothing secret stands in it: the lines of an application are in the tracebacks of its faults.
APP = """\
import json
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.pool import NullPool
from flaskmig import Migrate

told = json.loads(Path("settings.json").read_text())

def made(url):
    engine = sa.create_engine(url, poolclass=NullPool, connect_args=told["arguments"])
    if told["crashes"]:
        @sa.event.listens_for(engine, "before_cursor_execute")
        def crash(connection, cursor, statement, parameters, context, executemany):
            raise RuntimeError("the application's own fault")
    return engine

app = Flask(__name__)
metadata = sa.MetaData()
id = sa.Column("id", sa.Integer, primary_key=True)
sa.Table("users", metadata, id, sa.Column("name", sa.Text))
engines = {
    name: (lambda url=url: made(url)) if told["is_made"] else url
    for name, url in told["urls"].items()
}
Migrate(app, metadata={name: metadata for name in engines}, engine=engines, binds="all")
"""
REVISION = '''\
"""users"""

import sqlalchemy as sa
from flaskmig import op

revision = "aa11"
down_revision = None


def upgrade():
    op.create_table("users", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade():
    op.drop_table("users")
'''
# What the tests themselves write a secret into.
OURS = ("settings.json", "alembic.ini", CANARY)
STATES = ("ok", "refused", "wrong", "crash")
AT_BASE = frozenset({"upgrade", "plan", "ensure-version", "stamp", "status"})
# Those that have no more to say than their name have no line here.
ARGUMENTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "init": (("-d", "other"),),
    "revision": (("-m", "empty"), ("--autogenerate",)),
    "migrate": (("-m", "name"), ("--no-verify",)),
    "upgrade": ((), ("--sql",), ("--json",), ("-v",)),
    "downgrade": ((), ("--sql", "aa11:base")),
    "stamp": ((), ("--sql",), ("--purge", "base")),
    "current": (("-v",), ("--json",), ()),
    "check": ((), ("--json",)),
    "diff": ((), ("--json",), ("--sql",), ("--from", "{url}"), ("--to", "{url}"), ("{url}",)),
    "snapshot": ((), ("file.json",), ("--of", "{url}"), ("a", "{url}")),
    "plan": ((), ("--sql",), ("--json",), ("--", "{url}")),
    "history": (("-v", "-i"), ("-r", "{url}")),
    "show": ((), ("{url}",)),
    "ensure-version": ((), ("--sql",)),
    "status": ((), ("--json",)),
    "repair": ((), ("--json",), ("--restamp", "{url}"), ("--accept", "{url}")),
    "leave": (("--force",), ("--json",)),
    "resolve": ((), ("--json",), ("--applied",), ("--undone", "{url}")),
}


@dataclass(frozen=True)
class Seen:
    """All that came out of one command."""

    code: int | None
    output: str
    errors: str
    log: str
    trace: str

    def __str__(self) -> str:
        return "\n".join((self.output, self.errors, self.log, self.trace))


class Workbench:
    """A folder with an application and one revision, made anew for each command."""

    def __init__(self, place: Place, form: Form, state: str) -> None:
        self.form = form
        self.state = state
        self.folder = place.folder
        wrong = state == "wrong" and form.database == "postgresql"
        self.place = replace(
            place, user="canary" if wrong else place.user, is_closed=state == "refused"
        )
        self._engine = sa.create_engine(place.engine.url, poolclass=NullPool)

    def prepare(self, command: str) -> None:
        """The database at base or at the head, as the command needs it to do most."""
        self._write_files()
        self._empty()
        if command not in AT_BASE:
            with self._engine.begin() as connection:
                connection.exec_driver_sql("CREATE TABLE users (id INTEGER PRIMARY KEY)")
                connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32))")
                connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('aa11')")
        if self.state == "wrong" and self.form.database == "sqlite":
            Path(self._engine.url.database or "").write_bytes(b"Dear Ada, " * 500)

    def run(self, *arguments: str) -> Seen:
        """``flask db …`` in this process."""
        output, errors, trace = io.StringIO(), io.StringIO(), ""
        code: Any = 0
        with _logged() as log, redirect_stdout(output), redirect_stderr(errors), self._here():
            try:
                app = runpy.run_path("app.py")["app"]
                app.cli.main(
                    ["db", *self.filled(arguments)],
                    prog_name="flask",
                    obj=ScriptInfo(create_app=lambda: app),
                )
            except SystemExit as end:
                code = end.code or 0
            except Exception:
                code, trace = None, traceback.format_exc()
        return Seen(code, output.getvalue(), errors.getvalue(), log.getvalue(), trace)

    def spawn(self, *arguments: str) -> Seen:
        """The same in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "app", "db", *self.filled(arguments)],
            cwd=self.folder,
            env={**os.environ, **self._environment()},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return Seen(done.returncode, done.stdout, done.stderr, "", "")

    def filled(self, arguments: tuple[str, ...]) -> list[str]:
        url = (self.form.other or self.form.url)(self.place)
        return [argument.replace("{url}", url) for argument in arguments]

    def leaks(self, seen: Seen) -> list[str]:
        """Where a secret can be read: in what was printed, or in what was written."""
        texts = {"what came out": str(seen), **self._written()}
        return [
            f"{secret!r} in {where}"
            for where, text in texts.items()
            for secret in self.form.secrets
            if secret in text
        ]

    def _written(self) -> dict[str, str]:
        found = {
            str(path.relative_to(self.folder)): path.read_bytes().decode("latin-1")
            for path in self.folder.rglob("*")
            if path.is_file() and path.name not in OURS
        }
        names = "\n".join(str(path) for path in self.folder.rglob("*") if path.name != CANARY)
        if self.form.database == "postgresql":
            with self._engine.connect() as connection:
                for table in ("alembic_version", "flaskmig_journal"):
                    if sa.inspect(connection).has_table(table):
                        rows = connection.exec_driver_sql(f"SELECT t::text FROM {table} AS t")
                        found[table] = "\n".join(rows.scalars())
        return {**found, "names of files": names}

    def _write_files(self) -> None:
        for path in sorted(self.folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        versions = self.folder / "migrations" / "versions"
        versions.mkdir(parents=True)
        (versions / "aa11_users.py").write_text(REVISION)
        if self.form.ini:
            (versions.parent / "alembic.ini").write_text(self.form.ini)
        (self.folder / CANARY).write_text("")
        (self.folder / CANARY).chmod(0o600)
        (self.folder / "app.py").write_text(APP)
        urls = {"": self.form.url(self.place)}
        if self.form.other is not None:
            urls["other"] = self.form.other(self.place)
        told = {
            "urls": urls,
            "arguments": self.form.arguments,
            "is_made": self.form.is_made,
            "crashes": self.state == "crash",
        }
        (self.folder / "settings.json").write_text(json.dumps(told))

    def _empty(self) -> None:
        if self.form.database == "sqlite":
            Path(self._engine.url.database or "").unlink(missing_ok=True)
            return
        with self._engine.begin() as connection:
            for table in ("users", "alembic_version", "flaskmig_journal"):
                connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}")

    def _environment(self) -> dict[str, str]:
        return {"XDG_CACHE_HOME": str(self.folder / "cache"), "EDITOR": "true"}

    @contextmanager
    def _here(self) -> Iterator[None]:
        before = Path.cwd()
        kept = dict(os.environ)
        os.chdir(self.folder)
        os.environ.update(self._environment())
        try:
            yield
        finally:
            os.chdir(before)
            os.environ.clear()
            os.environ.update(kept)


@contextmanager
def _logged() -> Iterator[io.StringIO]:
    """What flaskmig logs, at every level."""
    text = io.StringIO()
    handler, logger = logging.StreamHandler(text), logging.getLogger("flaskmig")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    try:
        yield text
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
