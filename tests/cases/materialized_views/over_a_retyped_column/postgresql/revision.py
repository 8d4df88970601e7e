"""materialized views: over a retyped column

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
    op.drop_view("totals", materialized=True, keep_grants=True)
    op.alter_column("users", "name", existing_type=sa.String(length=50), type_=sa.String(length=80))
    op.create_view(
        "totals",
        """
        SELECT users.name, sum(users.points) AS points
        FROM users GROUP BY users.name
        """,
        materialized=True,
        keep_grants=True,
    )
    op.create_index("ix_totals_name", "totals", ["name"], unique=True)


def downgrade():
    op.drop_view("totals", materialized=True, keep_grants=True)
    # Lossy: the change of type may change or refuse values.
    op.alter_column("users", "name", existing_type=sa.String(length=80), type_=sa.String(length=50))
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
