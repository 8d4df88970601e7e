"""indexes: include removed

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
    op.create_index("ix_n", "things", ["n"])


def downgrade():
    op.drop_index("ix_n", table_name="things")
    op.create_index("ix_n", "things", ["n"], postgresql_include=["s"])
