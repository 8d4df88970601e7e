"""views: over a new column

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
    op.drop_view("winners", keep_grants=True)
    op.add_column("users", sa.Column("points", sa.Integer()))
    op.create_view(
        "winners",
        """
        SELECT users.id, users.name, users.points
        FROM users
        """,
        keep_grants=True,
    )


def downgrade():
    op.drop_view("winners", keep_grants=True)
    # Lossy: dropping the column deletes its values.
    op.drop_column("users", "points")
    op.create_view(
        "winners",
        """
        SELECT users.id, users.name
        FROM users
        """,
        keep_grants=True,
    )
