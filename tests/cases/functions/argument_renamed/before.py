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

flaskmig.Function(
    """
    CREATE FUNCTION one_more(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
        SELECT a + 1
    $$
    """,
    metadata,
)
