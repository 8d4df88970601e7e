"""checks: unnamed changed

Revision ID: after
Revises: before
Create Date: 2024-02-29 00:00:00.000000
"""

import sqlalchemy as sa
from flaskmig import op

revision = "after"
down_revision = "before"
branch_labels = None
depends_on = None


def upgrade():
    op.drop_constraint("things_n_check", "things", type_="check")
    op.create_check_constraint(None, "things", sa.text("n > 2"))


def downgrade():
    op.drop_constraint(None, "things", type_="check", condition=sa.text("n > 2"))
    op.create_check_constraint("things_n_check", "things", sa.text("(n > 1)"))
