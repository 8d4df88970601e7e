"""views: removed with its table

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
    op.drop_view("a_names")
    op.drop_view("winners")
    # Lossy: dropping the table deletes its rows.
    op.drop_table("users")


def downgrade():
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=50)),
        sa.Column("points", sa.Integer()),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_view(
        "winners",
        """
        SELECT users.id, users.name
        FROM users
        WHERE users.points > 10
        """,
    )
    op.create_view("a_names", "SELECT name FROM winners WHERE name IS NOT NULL")
