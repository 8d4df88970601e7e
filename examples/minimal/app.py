"""The smallest project: one file, one model, and `flask db`.

flask --app app db upgrade
"""

from __future__ import annotations

import datetime
import os

import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped, mapped_column

from flaskmig import Migrate

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ.get("DATABASE_URL", "sqlite:///minimal.sqlite")

db = SQLAlchemy(app)
migrate = Migrate(app, db)


class Note(db.Model):  # type: ignore[name-defined,misc]
    """A line that somebody wants to remember."""

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(sa.String(200))
    done: Mapped[bool] = mapped_column(sa.Boolean, server_default=sa.false())
    written_at: Mapped[datetime.datetime] = mapped_column(sa.DateTime, server_default=sa.func.now())


@app.get("/")
def notes() -> list[dict[str, object]]:
    """All notes, newest first."""
    found = db.session.scalars(sa.select(Note).order_by(Note.id.desc()))
    return [{"text": note.text, "done": note.done} for note in found]
