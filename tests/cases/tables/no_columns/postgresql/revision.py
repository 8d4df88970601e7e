"""tables: no columns

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
    op.create_table(
        "nothing",
    )


def downgrade():
    # Lossy: dropping the table deletes its rows.
    op.drop_table("nothing")
