"""renames: sequence

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
    # Taken for a rename: same options, used by the same columns.
    op.rename_sequence("numbers", "bill_numbers")


def downgrade():
    op.rename_sequence("bill_numbers", "numbers")
