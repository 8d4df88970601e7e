"""sequences: key from one

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
    op.create_sequence("people_numbers", start=1000)
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade():
    # Lossy: dropping the table deletes its rows.
    op.drop_table("people")
    # Lossy: dropping the sequence forgets the numbers it has given.
    op.drop_sequence("people_numbers")
