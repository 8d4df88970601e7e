"""An enum of Python that two tables share."""

from __future__ import annotations

import enum

import sqlalchemy as sa

DATABASES = ("sqlite", "postgresql")


class Mood(enum.Enum):
    calm = 1
    merry = 2


metadata = sa.MetaData()
mood = sa.Enum(Mood, name="mood")

sa.Table(
    "people",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("mood", mood, nullable=False, server_default="calm"),
    sa.Column("former_mood", mood),
)
sa.Table(
    "pets",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("owner_id", sa.ForeignKey("people.id")),
    sa.Column("mood", mood, server_default=Mood.merry.name),
)
