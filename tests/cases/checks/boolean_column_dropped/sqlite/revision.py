"""checks: boolean column dropped

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
    op.drop_constraint("is_boolean", "flags", type_="check")
    # Lossy: dropping the column deletes its values.
    op.drop_column("flags", "on")


def downgrade():
    op.add_column("flags", sa.Column("on", sa.Boolean()))
    op.create_check_constraint("is_boolean", "flags", sa.text('"on" IN (0, 1)'))
