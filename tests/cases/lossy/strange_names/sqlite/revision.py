"""lossy: strange names

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
    op.drop_table("a\n    op.drop_table('items')  # \u202e")


def downgrade():
    op.create_table(
        "a\n    op.drop_table('items')  # \u202e",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
