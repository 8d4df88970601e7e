"""enums: values reordered

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
    op.alter_enum("mood", ["sad", "ok", "happy"], existing_values=["ok", "sad", "happy"])


def downgrade():
    op.alter_enum("mood", ["ok", "sad", "happy"], existing_values=["sad", "ok", "happy"])
