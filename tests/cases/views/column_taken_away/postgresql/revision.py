"""views: column taken away

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
    op.create_view(
        "winners",
        """
        SELECT users.id
        FROM users
        WHERE users.points > 10
        """,
        keep_grants=True,
    )


def downgrade():
    op.drop_view("winners", keep_grants=True)
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
