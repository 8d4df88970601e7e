"""extensions: in a schema

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
    op.alter_extension("citext", schema="more", existing_version="1.6")


def downgrade():
    op.alter_extension("citext", schema=None, existing_schema="more", existing_version="1.6")
