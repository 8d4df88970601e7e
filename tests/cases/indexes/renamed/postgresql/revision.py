"""indexes: renamed

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
    op.rename_index("old", "new", table_name="things")


def downgrade():
    op.rename_index("new", "old", table_name="things")
