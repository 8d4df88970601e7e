"""The table of the journal: its name and its columns."""

from __future__ import annotations

import sqlalchemy as sa

TABLE = "flaskmig_journal"


def journal_table(schema: str | None = None) -> sa.Table:
    """The journal's table for SQLAlchemy; times are ISO 8601 in UTC, parents a JSON array."""
    return sa.Table(
        TABLE,
        sa.MetaData(),
        sa.Column("version_table", sa.String(255), nullable=False),
        sa.Column("run", sa.String(32), nullable=False),
        sa.Column("revision", sa.String(255), nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("direction", sa.String(9), nullable=False),
        sa.Column("statement_sha256", sa.String(64)),
        sa.Column("state", sa.String(6), nullable=False),
        sa.Column("file_sha256", sa.String(64)),
        sa.Column("parents", sa.Text),
        sa.Column("tool_version", sa.String(64)),
        sa.Column("user_name", sa.String(255)),
        sa.Column("started_at", sa.String(32), nullable=False),
        sa.Column("duration_ms", sa.BigInteger),
        sa.Column("found", sa.Text),
        sa.PrimaryKeyConstraint("version_table", "run", "revision", "ordinal", name=f"{TABLE}_pkc"),
        schema=schema,
    )
