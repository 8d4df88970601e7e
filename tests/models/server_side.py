"""What the server does by itself: defaults, generated columns, checks, indexes of every shape."""

from __future__ import annotations

import sqlalchemy as sa

DATABASES = ("sqlite", "postgresql")

metadata = sa.MetaData()

articles = sa.Table(
    "articles",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sku", sa.String(20), nullable=False),
    sa.Column("net", sa.Numeric(10, 2), nullable=False),
    sa.Column("rate", sa.Integer, nullable=False, server_default=sa.text("20")),
    sa.Column("offset", sa.Integer, nullable=False, server_default=sa.text("-1")),
    sa.Column("gross", sa.Numeric(12, 2), sa.Computed("net * 2", persisted=True)),
    sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("listed_at", sa.DateTime, server_default=sa.func.current_timestamp()),
    sa.Column("listed_on", sa.Date, server_default=sa.text("'2024-02-29'")),
    sa.Column("note", sa.Text, server_default=sa.text("'it''s 100'")),
    sa.CheckConstraint("net >= 0"),
    sa.CheckConstraint("rate BETWEEN 0 AND 100", name="rate_range"),
    sa.CheckConstraint("sku IN ('a', 'b') OR sku LIKE 'x%'", name="sku_known"),
    sa.UniqueConstraint("sku", "rate"),
)

sa.Index("ix_articles_sku_upper", sa.func.upper(articles.c.sku), unique=True)
sa.Index(
    "ix_articles_active",
    articles.c.listed_at,
    sqlite_where=articles.c.active.is_(sa.true()),
    postgresql_where=articles.c.active.is_(sa.true()),
)
sa.Index("ix_articles_sku_net", articles.c.sku, articles.c.net.desc())
