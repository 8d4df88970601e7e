from __future__ import annotations

import sqlalchemy as sa

import flaskmig

metadata = sa.MetaData()
flaskmig.Extension("citext", metadata)

users = sa.Table(
    "users",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(50)),
    sa.Column("points", sa.Integer),
)
other = sa.Table("other", metadata, sa.Column("id", sa.Integer, primary_key=True), schema="more")
