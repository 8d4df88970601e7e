"""checks: validated

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
    op.drop_constraint("k", "things", type_="check")
    op.create_check_constraint("k", "things", sa.text("n > 1"))


def downgrade():
    op.drop_constraint("k", "things", type_="check")
    op.create_check_constraint("k", "things", sa.text("(n > 1)"), postgresql_not_valid=True)
