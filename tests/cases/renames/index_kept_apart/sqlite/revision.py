"""renames: index kept apart

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
    op.drop_index("ix_a", table_name="users")
    op.create_index("ix_b", "users", ["mail", "id"])


def downgrade():
    op.drop_index("ix_b", table_name="users")
    op.create_index("ix_a", "users", ["mail", "id"])
