"""runs: default from a sequence

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
    op.create_sequence("numbers", start=100)
    op.alter_column(
        "things",
        "n",
        existing_type=sa.Integer(),
        server_default=sa.text("nextval('numbers')"),
    )


def downgrade():
    op.alter_column("things", "n", existing_type=sa.Integer(), server_default=None)
    # Lossy: dropping the sequence forgets the numbers it has given.
    op.drop_sequence("numbers")
