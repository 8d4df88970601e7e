"""constraints: two unique swapped

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
    op.drop_constraint("one", "things", type_="unique")
    op.drop_constraint("two", "things", type_="unique")
    op.create_unique_constraint("one", "things", ["b"])
    op.create_unique_constraint("two", "things", ["a"])


def downgrade():
    op.drop_constraint("two", "things", type_="unique")
    op.drop_constraint("one", "things", type_="unique")
    op.create_unique_constraint("two", "things", ["b"])
    op.create_unique_constraint("one", "things", ["a"])
