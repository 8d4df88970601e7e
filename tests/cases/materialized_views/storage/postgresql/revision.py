"""materialized views: storage

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
        SELECT name,
            sum(points) AS points
           FROM users
          GROUP BY name
        """,
        materialized=True,
        storage={"fillfactor": "70"},
        comment="by name",
        replace=True,
    )


def downgrade():
    op.create_view(
        "totals",
        """
        SELECT name,
            sum(points) AS points
           FROM users
          GROUP BY name
        """,
        materialized=True,
        replace=True,
    )
