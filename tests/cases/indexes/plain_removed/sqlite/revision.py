"""indexes: plain removed

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
    op.drop_index("ix_n", table_name="things")


def downgrade():
    op.create_index("ix_n", "things", ["n"])
