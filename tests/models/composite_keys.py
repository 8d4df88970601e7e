"""Primary keys of several columns, in another order than the columns, and keys to them."""

from __future__ import annotations

import sqlalchemy as sa

DATABASES = ("sqlite", "postgresql")

metadata = sa.MetaData()

sa.Table(
    "countries",
    metadata,
    sa.Column("code", sa.CHAR(2), primary_key=True),
    sa.Column("name", sa.String(80), nullable=False, unique=True),
)

sa.Table(
    "regions",
    metadata,
    sa.Column("number", sa.Integer, nullable=False, autoincrement=False),
    sa.Column("country", sa.CHAR(2), sa.ForeignKey("countries.code"), nullable=False),
    sa.Column("name", sa.String(80), nullable=False),
    sa.PrimaryKeyConstraint("country", "number", name="regions_key"),
)

sa.Table(
    "towns",
    metadata,
    sa.Column("country", sa.CHAR(2), primary_key=True),
    sa.Column("region", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("name", sa.String(80), primary_key=True),
    sa.Column("inhabitants", sa.BigInteger),
    sa.ForeignKeyConstraint(
        ["country", "region"], ["regions.country", "regions.number"], onupdate="CASCADE"
    ),
    sa.UniqueConstraint("name", "country", name="town_in_country"),
)

sa.Table(
    "streets",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("town", sa.String(80), nullable=False),
    sa.Column("country", sa.CHAR(2), nullable=False),
    sa.Column("name", sa.String(120), nullable=False),
    # A key to columns that are unique and not the primary key.
    sa.ForeignKeyConstraint(["town", "country"], ["towns.name", "towns.country"]),
    sa.Index("ix_streets_place", "country", "town", "name", unique=True),
)
