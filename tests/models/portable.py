"""What the two databases spell each in its own way, though the models say it once."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

DATABASES = ("sqlite", "postgresql")


metadata = sa.MetaData()

sa.Table(
    "people",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(40), nullable=False, server_default="nobody"),
    sa.Column("is_admin", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("is_active", sa.Boolean, nullable=False, server_default="1"),
    sa.Column("logins", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column(
        "settings",
        sa.JSON().with_variant(postgresql.JSONB(), "postgresql"),
        nullable=False,
        server_default="{}",
    ),
    sa.Column("joined_at", sa.DateTime, nullable=False, server_default=sa.func.now()),
    sa.Column("seen_on", sa.Date, server_default=sa.func.current_date()),
    sa.Column("score", sa.Numeric(6, 2), server_default=sa.func.coalesce(1, sa.text("2"))),
)
