"""checks: given a name

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
    op.rename_constraint(None, "k", "things", type_="check", condition=sa.text("n > 1"))


def downgrade():
    op.rename_constraint("k", None, "things", type_="check")
