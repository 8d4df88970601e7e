"""A blog: an app factory, related models, and a history with a branch and a merge."""

from __future__ import annotations

import os

from flask import Flask

from blog.models import db
from flaskmig import Migrate

migrate = Migrate()


def create_app(database_url: str | None = None) -> Flask:
    """The application; the URL comes from the argument, DATABASE_URL, or is a local file."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = (
        database_url or os.environ.get("DATABASE_URL") or "sqlite:///blog.sqlite"
    )
    db.init_app(app)
    migrate.init_app(app, db)
    return app
