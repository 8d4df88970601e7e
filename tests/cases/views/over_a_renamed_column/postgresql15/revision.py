"""views: over a renamed column

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
    op.drop_view("winners", keep_grants=True)
    op.alter_column("users", "name", new_column_name="full_name")
    op.create_view(
        "winners",
        """
        SELECT users.id, users.full_name
        FROM users
        WHERE users.points > 10
        """,
        keep_grants=True,
    )


def downgrade():
    op.drop_view("winners", keep_grants=True)
    op.alter_column("users", "full_name", new_column_name="name")
    op.create_view(
        "winners",
        """
        SELECT users.id,
            users.name
           FROM users
          WHERE (users.points > 10)
        """,
        keep_grants=True,
    )
