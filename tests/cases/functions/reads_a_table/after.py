from __future__ import annotations

import sqlalchemy as sa

import flaskmig

metadata = sa.MetaData()
other = sa.Table("other", metadata, sa.Column("id", sa.Integer, primary_key=True))

users = sa.Table(
    "users",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(50)),
    sa.Column("points", sa.Integer),
)

flaskmig.Function(
    "CREATE FUNCTION everyone() RETURNS SETOF users LANGUAGE sql AS $$ SELECT * FROM users $$",
    metadata,
)
