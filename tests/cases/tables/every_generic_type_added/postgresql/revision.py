"""tables: every generic type added

Revision ID: after
Revises: before
Create Date: 2024-02-29 00:00:00.000000
"""

import sqlalchemy as sa
from flaskmig import op
from sqlalchemy.dialects import postgresql

revision = "after"
down_revision = "before"
branch_labels = None
depends_on = None


def upgrade():
    op.create_enum("mood", ["sad", "ok", "it's"])
    op.create_table(
        "kinds",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("small", sa.SmallInteger(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=12, scale=3)),
        sa.Column("ratio", sa.Float()),
        sa.Column("double", sa.Double()),
        sa.Column("flag", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("code", sa.CHAR(length=3)),
        sa.Column("name", sa.Unicode(length=40)),
        sa.Column("text", sa.UnicodeText()),
        sa.Column("day", sa.Date()),
        sa.Column("at", sa.DateTime(timezone=True)),
        sa.Column("hour", sa.Time()),
        sa.Column("took", sa.Interval()),
        sa.Column("data", sa.LargeBinary()),
        sa.Column("document", sa.JSON(), server_default=sa.text("'{}'")),
        sa.Column("key", sa.Uuid()),
        sa.Column("mood", postgresql.ENUM("sad", "ok", "it's", name="mood", create_type=False)),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade():
    # Lossy: dropping the table deletes its rows.
    op.drop_table("kinds")
    op.drop_enum("mood")
