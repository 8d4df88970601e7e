"""A project with one applied and two pending revisions, one of which a test spoils."""

from __future__ import annotations

import builtins
import io
import os
import runpy
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask.cli import ScriptInfo

APP = """\
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.pool import NullPool
from flaskmig import Migrate

app = Flask(__name__)
metadata = sa.MetaData()
engine = sa.create_engine("sqlite:///app.sqlite", poolclass=NullPool)
Migrate(app, metadata=metadata, engine=engine{options})
"""
# Whoever runs a part of a file calls ran(), which is a builtin while a command runs.
FILE = '''\
"""{message}

Revision ID: {id}
Create Date: 2026-01-02 03:04:05
"""

import sqlalchemy as sa
from flaskmig import op

revision = {id!r}
down_revision = {parent!r}
branch_labels = None
depends_on = None

ran("{id}")


def upgrade():
    ran("up {id}")
    op.create_table("t_{id}", sa.Column("id", sa.Integer(), primary_key=True))


def downgrade():
    op.drop_table("t_{id}")
'''
SPOILED = "bb22"
READING = (("history", "-v"), ("heads",), ("branches", "-v"), ("current", "-v"), ("check",))


def source(id_: str = SPOILED, parent: str | None = "aa11", message: str = "spoiled") -> bytes:
    """A revision file as it should be."""
    return FILE.format(id=id_, parent=parent, message=message).encode()


@dataclass(frozen=True)
class Seen:
    """What a command said; ``error`` is what it raised, which no command should."""

    code: int | None
    output: str
    errors: str
    error: BaseException | None = None

    @property
    def is_clear(self) -> bool:
        """Whether it ended in a way that people can use."""
        if self.error is not None:
            # What a revision raises by itself passes, with the place.
            return any("in revision" in note for note in getattr(self.error, "__notes__", ()))
        if self.code == 1:
            return "Error: " in self.errors and "Traceback" not in self.errors
        return self.code in (0, 2)


class Project:
    """The folder of a project; ``reset`` makes it anew."""

    def __init__(self, around: Path) -> None:
        self.around = around
        self.folder = around / "project"
        self.migrations = self.folder / "migrations"
        self.versions = self.migrations / "versions"
        self.file = self.versions / f"{SPOILED}_spoiled.py"
        self.ran: list[str] = []

    def reset(self, options: str = "") -> None:
        """As it was before anything was spoiled, at revision aa11."""
        _remove(self.around)
        self.ran.clear()
        self.versions.mkdir(parents=True, mode=0o755)
        (self.folder / "app.py").write_text(APP.format(options=options))
        (self.versions / "aa11_first.py").write_bytes(source("aa11", None, "first"))
        self.file.write_bytes(source())
        (self.versions / "cc33_last.py").write_bytes(source("cc33", SPOILED, "last"))
        with sqlite3.connect(self.folder / "app.sqlite") as connection:
            connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
            connection.execute("INSERT INTO alembic_version VALUES ('aa11')")
            connection.execute("CREATE TABLE t_aa11 (id INTEGER PRIMARY KEY)")
        connection.close()

    def run(self, *arguments: str) -> Seen:
        """``flask db …`` in this process, its output encoded as a terminal's is."""
        output, errors = (_stream(way) for way in ("strict", "backslashreplace"))
        code: Any = 0
        error: BaseException | None = None
        with self._here(), redirect_stdout(output), redirect_stderr(errors):
            try:
                app = runpy.run_path("app.py")["app"]
                app.cli.main(
                    ["db", *arguments], prog_name="flask", obj=ScriptInfo(create_app=lambda: app)
                )
            except SystemExit as end:
                code = end.code or 0
            except Exception as raised:
                code, error = None, raised
        return Seen(code, _text(output), _text(errors), error)

    def database(self) -> list[str]:
        """All that the database holds."""
        with sqlite3.connect(self.folder / "app.sqlite") as connection:
            found = list(connection.iterdump())
        connection.close()
        return found

    def outside(self) -> set[str]:
        """The names of what is around the migrations folder; what we ourselves put there is not."""
        ours = {"project", "cache", "app.py", "app.sqlite", "migrations", "elsewhere"}
        found = [*self.around.iterdir(), *self.folder.iterdir()]
        return {path.name for path in found} - ours

    @contextmanager
    def _here(self) -> Iterator[None]:
        before, environment = Path.cwd(), dict(os.environ)
        os.chdir(self.folder)
        os.environ.update({"XDG_CACHE_HOME": str(self.around / "cache"), "EDITOR": "true"})
        modules, path = set(sys.modules), list(sys.path)
        vars(builtins)["ran"] = self.ran.append
        try:
            yield
        finally:
            del vars(builtins)["ran"]
            os.chdir(before)
            os.environ.clear()
            os.environ.update(environment)
            assert sys.path == path
            strange = {
                name for name in set(sys.modules) - modules if name.startswith("flaskmig_revision")
            }
            assert not strange


def _stream(errors: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors=errors)


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    found: bytes = stream.buffer.getvalue()  # type: ignore[attr-defined]
    return found.decode("utf-8", "surrogateescape")


def _remove(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
