"""JSON and binary columns with defaults, and how they are spelled on each database."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

DATABASES = ("sqlite", "postgresql")

metadata = sa.MetaData()

document = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

documents = sa.Table(
    "documents",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("body", sa.JSON, nullable=False),
    sa.Column("settings", document, nullable=False, server_default=sa.text("'{}'")),
    sa.Column("tags", document, server_default=sa.text('\'["a:b", "50%"]\'')),
    sa.Column("raw", sa.LargeBinary),
    sa.Column("digest", sa.LargeBinary(32)),
    sa.Column("text", sa.Text, server_default=sa.text("'it''s'")),
    sa.Column("empty", sa.String(10), nullable=False, server_default=sa.text("''")),
    sa.Column("length", sa.Float, server_default=sa.text("0.5")),
    sa.Column("exact", sa.Double, nullable=False),
    sa.Column("wait", sa.Interval),
    sa.Column("at", sa.Time),
)

sa.Index("ix_documents_text_lower", sa.func.lower(documents.c.text))
sa.Index("ix_documents_empty_desc", documents.c.empty.desc())
