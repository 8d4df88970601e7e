"""comments: table removed

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
    op.drop_table_comment("items", existing_comment="all that is sold")


def downgrade():
    op.create_table_comment("items", "all that is sold")
