"""A Flask application in the test's own process."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from flaskmig import Migrate


@pytest.fixture
def db(engine: sa.Engine) -> SQLAlchemy:
    """An extension with one model."""
    made = SQLAlchemy()

    class User(made.Model):  # type: ignore[name-defined, misc]
        __tablename__ = "users"
        id = made.Column(made.Integer, primary_key=True)
        name = made.Column(made.String(80))

    return made


@pytest.fixture
def app(engine: sa.Engine, db: SQLAlchemy, tmp_path: Path) -> Flask:
    """An application on an empty database of each kind, its folder not made yet."""
    made = Flask(__name__)
    url = engine.url.render_as_string(hide_password=False)
    made.config["SQLALCHEMY_DATABASE_URI"] = url
    db.init_app(made)
    Migrate(made, db, directory=tmp_path / "migrations")
    return made
