"""renames: table to another schema

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
    op.rename_table("bans", "bans", schema="moderation", new_schema=None)


def downgrade():
    op.rename_table("bans", "bans", new_schema="moderation")
