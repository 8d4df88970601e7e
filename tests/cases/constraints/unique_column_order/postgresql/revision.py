"""constraints: unique column order

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
    op.drop_constraint("uq", "things", type_="unique")
    op.create_unique_constraint("uq", "things", ["b", "a"])


def downgrade():
    op.drop_constraint("uq", "things", type_="unique")
    op.create_unique_constraint("uq", "things", ["a", "b"])
