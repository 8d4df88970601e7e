"""sequences: default becomes one

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
    op.create_sequence("tickets")
    op.alter_column(
        "items",
        "number",
        existing_type=sa.BigInteger(),
        server_default=sa.text("nextval('tickets')"),
    )


def downgrade():
    op.alter_column("items", "number", existing_type=sa.BigInteger(), server_default=None)
    # Lossy: dropping the sequence forgets the numbers it has given.
    op.drop_sequence("tickets")
