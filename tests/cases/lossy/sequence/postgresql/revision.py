"""lossy: sequence

Revision ID: after
Revises: before
Create Date: 2024-02-29 00:00:00.000000
"""

from flaskmig import op

revision = "after"
down_revision = "before"
branch_labels = None
depends_on = None


def upgrade():
    # Lossy: dropping the sequence forgets the numbers it has given.
    op.drop_sequence("numbers")


def downgrade():
    op.create_sequence("numbers")
