"""types: timestamp precision added

Revision ID: after
Revises: before
Create Date: 2024-02-29 00:00:00.000000
"""

import sqlalchemy as sa
from flaskmig import op
from sqlalchemy.dialects import postgresql

revision = "after"
down_revision = "before"
branch_labels = None
depends_on = None


def upgrade():
    # Lossy: the change of type may change or refuse values.
    op.alter_column(
        "items",
        "value",
        existing_type=sa.DateTime(),
        type_=postgresql.TIMESTAMP(precision=0),
    )


def downgrade():
    op.alter_column(
        "items",
        "value",
        existing_type=postgresql.TIMESTAMP(precision=0),
        type_=sa.DateTime(),
    )
