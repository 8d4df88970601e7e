"""materialized views: becomes a view

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
    op.drop_view("totals", materialized=True, keep_grants=True)
    op.create_view(
        "totals",
        """
        SELECT users.name, sum(users.points) AS points
        FROM users GROUP BY users.name
        """,
        keep_grants=True,
    )


def downgrade():
    op.drop_view("totals", keep_grants=True)
    op.create_view(
        "totals",
        """
        SELECT name,
            sum(points) AS points
           FROM users
          GROUP BY name
        """,
        materialized=True,
        keep_grants=True,
    )
    op.create_index("ix_totals_name", "totals", ["name"], unique=True)
