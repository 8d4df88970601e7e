"""renames: sequence said

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
    op.rename_sequence("numbers", "counter")
    op.alter_sequence("counter", start=500)


def downgrade():
    op.alter_sequence("counter", start=100)
    op.rename_sequence("counter", "numbers")
