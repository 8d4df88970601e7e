"""renames: enum type

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
    # Taken for a rename: same values, used by the same columns.
    op.rename_enum("mood", "feeling")


def downgrade():
    op.rename_enum("feeling", "mood")
