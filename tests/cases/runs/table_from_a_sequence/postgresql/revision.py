"""runs: table from a sequence

Revision ID: after
Revises:
Create Date: 2024-02-29 00:00:00.000000
"""

import sqlalchemy as sa
from flaskmig import op

revision = "after"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_sequence("numbers", start=100)
    op.create_table(
        "things",
        sa.Column("id", sa.Integer(), nullable=False, server_default=sa.text("nextval('numbers')")),
        sa.Column("n", sa.Integer()),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade():
    # Lossy: dropping the table deletes its rows.
    op.drop_table("things")
    # Lossy: dropping the sequence forgets the numbers it has given.
    op.drop_sequence("numbers")
