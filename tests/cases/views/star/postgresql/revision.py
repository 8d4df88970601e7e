"""views: star

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
    op.add_column("users", sa.Column("note", sa.Text()))
    op.create_view("everyone", "SELECT * FROM users", replace=True)


def downgrade():
    op.drop_view("everyone", keep_grants=True)
    op.create_view(
        "everyone",
        """
        SELECT id,
            name,
            points
           FROM users
        """,
        keep_grants=True,
    )
    # Lossy: dropping the column deletes its values.
    op.drop_column("users", "note")
