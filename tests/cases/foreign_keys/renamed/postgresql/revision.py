"""foreign keys: renamed

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
    op.rename_constraint("old", "new", "pets", type_="foreignkey")


def downgrade():
    op.rename_constraint("new", "old", "pets", type_="foreignkey")
