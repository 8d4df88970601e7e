from __future__ import annotations

import sqlalchemy as sa

import flaskmig

metadata = sa.MetaData()
other = sa.Table("other", metadata, sa.Column("id", sa.Integer, primary_key=True))

flaskmig.Function(
    """
    CREATE FUNCTION one_more(a integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
        SELECT a + 1
    $$
    """,
    metadata,
)

users = sa.Table(
    "users",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("points", sa.Integer, server_default=sa.text("one_more(1)")),
    sa.CheckConstraint("one_more(points) > 0", name="positive"),
)
