"""runs: enum shared

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
    op.create_table(
        "pets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mood", sa.Enum("glad", "sad", name="mood")),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade():
    # Lossy: dropping the table deletes its rows.
    op.drop_table("pets")
