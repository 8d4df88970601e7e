"""views: over a renamed table

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
    op.rename_table("users", "people", default_names=True)
    op.create_view(
        "winners",
        """
        SELECT people.id, people.name
        FROM people
        WHERE people.points > 10
        """,
        keep_grants=True,
    )


def downgrade():
    op.drop_view("winners", keep_grants=True)
    op.rename_table("people", "users", default_names=True)
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
