"""runs: table with enum created

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
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mood", sa.Enum("glad", "sad", name="mood"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade():
    # Lossy: dropping the table deletes its rows.
    op.drop_table("people")
    op.drop_enum("mood", if_exists=True)
