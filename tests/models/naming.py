"""A naming convention for every kind of constraint, names that need quotes, long names."""

from __future__ import annotations

import sqlalchemy as sa

DATABASES = ("sqlite", "postgresql")

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

sa.Table(
    "user",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("order", sa.Integer, nullable=False),
    sa.Column("Given Name", sa.String(40), nullable=False),
    sa.Column("select", sa.String(10), index=True),
    sa.Column("with%percent", sa.Integer),
    sa.Column("with:colon", sa.Integer),
    sa.UniqueConstraint("order", "select"),
    sa.CheckConstraint('"order" > 0', name="order_positive"),
    sa.CheckConstraint("\"select\" <> 'it''s \\:not %s'", name="select_sane"),
)

sa.Table(
    "CamelCase",
    metadata,
    sa.Column("Id", sa.Integer, primary_key=True),
    sa.Column("UserId", sa.ForeignKey("user.id", ondelete="CASCADE"), index=True),
    sa.Column("Active", sa.Boolean, nullable=False, server_default=sa.true()),
)

sa.Table(
    "a_table_with_a_name_that_is_rather_long_for_a_table",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("a_column_with_a_name_that_is_long_as_well", sa.Integer, index=True),
    sa.Column("user_id", sa.ForeignKey("user.id"), nullable=False, unique=True),
)
