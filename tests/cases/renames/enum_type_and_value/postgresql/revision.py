"""renames: enum type and value

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
    op.rename_enum("mood", "feeling")
    op.rename_enum_value("feeling", "sad", "blue")


def downgrade():
    op.rename_enum_value("feeling", "blue", "sad")
    op.rename_enum("feeling", "mood")
