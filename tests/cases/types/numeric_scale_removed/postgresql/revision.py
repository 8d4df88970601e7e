"""types: numeric scale removed

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
    # Lossy: the change of type may change or refuse values.
    op.alter_column(
        "items",
        "value",
        existing_type=sa.Numeric(precision=10, scale=2),
        type_=sa.Numeric(precision=10),
    )


def downgrade():
    # Lossy: the change of type may change or refuse values.
    op.alter_column(
        "items",
        "value",
        existing_type=sa.Numeric(precision=10),
        type_=sa.Numeric(precision=10, scale=2),
    )
