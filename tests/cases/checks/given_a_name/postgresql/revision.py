"""checks: given a name

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
    op.rename_constraint("things_n_check", "k", "things", type_="check")


def downgrade():
    op.rename_constraint("k", "things_n_check", "things", type_="check")
