"""keys: primary key renamed

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
    op.rename_constraint("old_key", "new_key", "members", type_="primary")


def downgrade():
    op.rename_constraint("new_key", "old_key", "members", type_="primary")
