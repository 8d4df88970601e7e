"""notes

Revision ID: 0b6e2d9f41ac
Revises:
Create Date: 2026-11-22 18:58:26.366491
"""

import sqlalchemy as sa
from flaskmig import op

revision = "0b6e2d9f41ac"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("written_at", sa.DateTime(), nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade():
    op.drop_table("notes")
