"""materialized views: added

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
    op.create_view(
        "totals",
        """
        SELECT users.name, sum(users.points) AS points
        FROM users GROUP BY users.name
        """,
        materialized=True,
    )
    op.create_index("ix_totals_name", "totals", ["name"], unique=True)


def downgrade():
    op.drop_view("totals", materialized=True)
