"""indexes: swapped

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
    op.drop_index("one", table_name="things")
    op.drop_index("two", table_name="things")
    op.create_index("one", "things", ["s"])
    op.create_index("two", "things", ["n"])


def downgrade():
    op.drop_index("two", table_name="things")
    op.drop_index("one", table_name="things")
    op.create_index("two", "things", ["s"])
    op.create_index("one", "things", ["n"])
