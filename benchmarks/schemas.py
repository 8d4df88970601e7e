"""Generated models of any size, alike from run to run."""

from __future__ import annotations

import sqlalchemy as sa


def flat(tables: int) -> sa.MetaData:
    """Tables of twelve columns with a key, an index, a unique, a check and a foreign key each."""
    metadata = sa.MetaData()
    for number in range(tables):
        _table(metadata, number)
    return metadata


def _table(metadata: sa.MetaData, number: int) -> None:
    name = f"table_{number:05}"
    # Every tenth table starts a new chain, so that the keys form many short trees.
    parent = f"table_{number - 1 if number % 10 else number:05}"
    sa.Table(
        name,
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("parent_id", sa.ForeignKey(f"{parent}.id", ondelete="CASCADE"), index=True),
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("title", sa.String(200), nullable=False, server_default=sa.text("'none'")),
        sa.Column("body", sa.Text),
        sa.Column("amount", sa.Numeric(12, 2), nullable=False, server_default=sa.text("0")),
        sa.Column("weight", sa.Float),
        sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("position", sa.SmallInteger),
        sa.Column("made_on", sa.Date),
        sa.Column("made_at", sa.DateTime, server_default=sa.func.current_timestamp()),
        sa.Column("payload", sa.JSON),
        sa.UniqueConstraint("code", name=f"uq_{name}_code"),
        sa.CheckConstraint("amount >= 0", name=f"ck_{name}_amount"),
        sa.Index(f"ix_{name}_title_made_on", "title", "made_on"),
    )
