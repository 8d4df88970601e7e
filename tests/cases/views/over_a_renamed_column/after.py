from __future__ import annotations

import sqlalchemy as sa

import flaskmig

metadata = sa.MetaData()
users = sa.Table(
    "users",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("full_name", sa.String(50)),
    sa.Column("points", sa.Integer),
)
flaskmig.View(
    "winners", sa.select(users.c.id, users.c.full_name).where(users.c.points > 10), metadata
)
