"""views: over a retyped column

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
    op.drop_view("a_names", keep_grants=True)
    op.drop_view("winners", keep_grants=True)
    op.alter_column("users", "name", existing_type=sa.String(length=50), type_=sa.String(length=80))
    op.create_view(
        "winners",
        """
        SELECT users.id, users.name
        FROM users
        WHERE users.points > 10
        """,
        keep_grants=True,
    )
    op.create_view("a_names", "SELECT name FROM winners WHERE name IS NOT NULL", keep_grants=True)


def downgrade():
    op.drop_view("a_names", keep_grants=True)
    op.drop_view("winners", keep_grants=True)
    # Lossy: the change of type may change or refuse values.
    op.alter_column("users", "name", existing_type=sa.String(length=80), type_=sa.String(length=50))
    op.create_view(
        "winners",
        """
        SELECT id,
            name
           FROM users
          WHERE (points > 10)
        """,
        keep_grants=True,
    )
    op.create_view(
        "a_names",
        """
        SELECT name
           FROM winners
          WHERE (name IS NOT NULL)
        """,
        keep_grants=True,
    )
