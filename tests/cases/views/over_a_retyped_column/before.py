from __future__ import annotations

import sqlalchemy as sa

import flaskmig

metadata = sa.MetaData()
users = sa.Table(
    "users",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(50)),
    sa.Column("points", sa.Integer),
)
flaskmig.View("winners", sa.select(users.c.id, users.c.name).where(users.c.points > 10), metadata)

flaskmig.View("a_names", "SELECT name FROM winners WHERE name IS NOT NULL", metadata)
