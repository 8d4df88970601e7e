import enum

import sqlalchemy as sa


class Mood(enum.Enum):
    SAD = 1
    OK = 2
    GREAT = 3


metadata = sa.MetaData()

sa.Table(
    "items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("mood", sa.Enum(Mood, name="mood")),
)
