"""materialized views: index changed

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
    op.drop_index("ix_totals_name", table_name="totals")
    op.create_index("ix_totals_name", "totals", ["name", "points"])


def downgrade():
    op.drop_index("ix_totals_name", table_name="totals")
    op.create_index("ix_totals_name", "totals", ["name"], unique=True)
