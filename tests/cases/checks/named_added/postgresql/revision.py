"""checks: named added

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
    op.create_check_constraint("positive", "things", sa.text("n > 1"))


def downgrade():
    op.drop_constraint("positive", "things", type_="check")
