"""enums: value renamed in array default

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
    op.rename_enum_value("mood", "ok", "fine")


def downgrade():
    op.rename_enum_value("mood", "fine", "ok")
