"""checks: enum becomes string

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
    op.drop_constraint("mood", "people", type_="check")


def downgrade():
    op.create_check_constraint("mood", "people", sa.text("mood IN ('glad', 'sad')"))
