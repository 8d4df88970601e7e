"""checks: with a column

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
    op.add_column("things", sa.Column("s", sa.String(length=20)))
    op.create_check_constraint("k", "things", sa.text("s <> 'x'"))


def downgrade():
    op.drop_constraint("k", "things", type_="check")
    # Lossy: dropping the column deletes its values.
    op.drop_column("things", "s")
