"""comments: with new table

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
        "items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), comment="its name"),
        sa.PrimaryKeyConstraint("id"),
        comment="all that is sold",
    )


def downgrade():
    # Lossy: dropping the table deletes its rows.
    op.drop_table("items")
