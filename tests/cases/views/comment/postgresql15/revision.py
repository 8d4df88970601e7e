"""views: comment

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
        "winners",
        """
        SELECT users.id,
            users.name
           FROM users
          WHERE (users.points > 10)
        """,
        comment="more than ten",
        replace=True,
    )


def downgrade():
    op.create_view(
        "winners",
        """
        SELECT users.id,
            users.name
           FROM users
          WHERE (users.points > 10)
        """,
        replace=True,
    )
