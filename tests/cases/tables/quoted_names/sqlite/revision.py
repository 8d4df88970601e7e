"""tables: quoted names

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
    op.create_table(
        "line items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("select", sa.String(length=10), nullable=False),
        sa.Column('say "it"', sa.Integer()),
        sa.Column("gr\xf6\xdfe", sa.Integer()),
        sa.Column("50%", sa.Integer()),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint('say "it"'),
    )
    op.create_index("ix_line items_50%", "line items", ["50%"])


def downgrade():
    # Lossy: dropping the table deletes its rows.
    op.drop_table("line items")
