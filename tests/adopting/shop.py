"""A small application as people have it with Flask-Migrate, and both tools on it."""

from __future__ import annotations

import logging.config
import os
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import flask_migrate
import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

import flaskmig

Models = Callable[[SQLAlchemy], None]

INI = "alembic.ini"


@dataclass
class Shop:
    """A folder that has ``migrations`` in it; ``engines`` are its databases by bind.

    ``models`` declare what the application has now, ``options`` are what it gives to Migrate.
    """

    folder: Path
    engines: Mapping[str, sa.Engine]
    models: Models
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def migrations(self) -> Path:
        return self.folder / "migrations"

    @contextmanager
    def application(self, migrate: Callable[..., object], **options: Any) -> Iterator[Flask]:
        """The application anew with the tool's ``Migrate``, its context, and its folder."""
        app = Flask("shop")
        urls = {
            bind: engine.url.render_as_string(hide_password=False)
            for bind, engine in self.engines.items()
        }
        app.config["SQLALCHEMY_DATABASE_URI"] = urls.pop("")
        app.config["SQLALCHEMY_BINDS"] = urls
        db = SQLAlchemy(app)
        self.models(db)
        migrate(app, db, **options)
        before = Path.cwd()
        os.chdir(self.folder)
        try:
            with app.app_context():
                yield app
                for engine in db.engines.values():
                    engine.dispose()
        finally:
            os.chdir(before)

    @contextmanager
    def ours(self, **options: Any) -> Iterator[Flask]:
        """The application with flaskmig."""
        with self.application(flaskmig.Migrate, **{**self.options, **options}) as app:
            yield app

    @contextmanager
    def peer(self, **options: Any) -> Iterator[Flask]:
        """The application with Flask-Migrate, whose env.py may not change this process's log."""
        quiet = mock.patch.object(logging.config, "fileConfig")
        with (
            quiet,
            warnings.catch_warnings(),
            self.application(flask_migrate.Migrate, **options) as app,
        ):
            # Its env.py asks for the engine in the old way first.
            warnings.simplefilter("ignore", DeprecationWarning)
            yield app

    def rows(self, bind: str = "", table: str = "alembic_version") -> list[str]:
        """What the version table has, in the order of the ids."""
        with self.engines[bind].connect() as connection:
            query = sa.text(f"SELECT version_num FROM {table} ORDER BY version_num")
            return [str(value) for value in connection.execute(query).scalars()]

    def tables(self, bind: str = "") -> set[str]:
        """The tables of a database."""
        return set(sa.inspect(self.engines[bind]).get_table_names())

    def journal(self, bind: str = "") -> list[tuple[str, str, str]]:
        """Revision, direction and checksum of each revision in the journal, as they came."""
        query = (
            "SELECT revision, direction, file_sha256 FROM flaskmig_journal WHERE ordinal = 0 "
            "ORDER BY started_at"
        )
        with self.engines[bind].connect() as connection:
            found = connection.execute(sa.text(query)).all()
            return [(row[0], row[1], row[2]) for row in found]

    def execute(self, *statements: str, bind: str = "") -> None:
        """Run SQL on a database."""
        with self.engines[bind].begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def files(self) -> dict[str, bytes]:
        """Every file below the folder of the migrations, without what Python made of them."""
        return {
            str(path.relative_to(self.migrations)): path.read_bytes()
            for path in sorted(self.migrations.rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts
        }

    def write(self, name: str, text: str) -> Path:
        """Write a revision file."""
        path = self.migrations / "versions" / name
        path.write_text(text)
        return path

    def edit(self, name: str, *changes: tuple[str, str]) -> None:
        """Change a file of the migrations folder; each text to replace is there once."""
        path = self.migrations / name
        text = path.read_text()
        for before, after in changes:
            assert text.count(before) == 1, before
            text = text.replace(before, after)
        path.write_text(text)


def started(
    folder: Path,
    engines: Mapping[str, sa.Engine],
    models: Models,
    files: Mapping[str, str],
    *,
    upgrade_to: str | None = "head",
    multidb: bool = False,
    customise: Callable[[Shop], None] | None = None,
) -> Shop:
    """A project that Flask-Migrate made, with revision files, upgraded by it."""
    shop = Shop(folder, engines, models)
    with shop.peer():
        flask_migrate.init(multidb=multidb)
    if customise is not None:
        customise(shop)
    for name, text in files.items():
        shop.write(name, text)
    if upgrade_to is not None:
        with shop.peer():
            flask_migrate.upgrade(revision=upgrade_to)
    return shop
