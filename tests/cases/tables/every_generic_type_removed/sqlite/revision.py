"""tables: every generic type removed

Revision ID: after
Revises: before
Create Date: 2024-02-29 00:00:00.000000
"""

import sqlalchemy as sa
from flaskmig import op

revision = "after"
down_revision = "before"
branch_labels = None
depends_on = None


def upgrade():
    # Lossy: dropping the table deletes its rows.
    op.drop_table("kinds")


def downgrade():
    op.create_table(
        "kinds",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("small", sa.SmallInteger(), nullable=False),
        sa.Column("amount", sa.Numeric(precision=12, scale=3)),
        sa.Column("ratio", sa.Float()),
        sa.Column("double", sa.Double()),
        sa.Column("flag", sa.Boolean(), nullable=False, server_default=sa.text("0")),
        sa.Column("code", sa.CHAR(length=3)),
        sa.Column("name", sa.String(length=40)),
        sa.Column("text", sa.Text()),
        sa.Column("day", sa.Date()),
        sa.Column("at", sa.DateTime()),
        sa.Column("hour", sa.Time()),
        sa.Column("took", sa.DateTime()),
        sa.Column("data", sa.LargeBinary()),
        sa.Column("document", sa.JSON(), server_default=sa.text("'{}'")),
        sa.Column("key", sa.CHAR(length=32)),
        sa.Column("mood", sa.String(length=4)),
        sa.PrimaryKeyConstraint("id"),
    )
