"""identity: column added

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
    op.add_column(
        "invoices",
        sa.Column("number", sa.Integer(), sa.Identity(always=True, start=100), nullable=False),
    )


def downgrade():
    # Lossy: dropping the column deletes its values.
    op.drop_column("invoices", "number")
