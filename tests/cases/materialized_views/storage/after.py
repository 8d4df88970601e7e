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

flaskmig.View(
    "totals",
    sa.select(users.c.name, sa.func.sum(users.c.points).label("points")).group_by(users.c.name),
    metadata,
    materialized=True,
    storage={"fillfactor": 70},
    comment="by name",
    indexes=[sa.Index("ix_totals_name", "name", unique=True)],
)
