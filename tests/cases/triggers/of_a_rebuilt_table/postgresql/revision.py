"""triggers: of a rebuilt table

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
    op.create_check_constraint("bounded", "users", sa.text("points < 1000"))


def downgrade():
    op.drop_constraint("bounded", "users", type_="check")
