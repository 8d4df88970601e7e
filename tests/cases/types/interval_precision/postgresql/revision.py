"""types: interval precision

Revision ID: after
Revises: before
Create Date: 2024-02-29 00:00:00.000000
"""

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
        existing_type=postgresql.INTERVAL(),
        type_=postgresql.INTERVAL(precision=3),
    )


def downgrade():
    op.alter_column(
        "items",
        "value",
        existing_type=postgresql.INTERVAL(precision=3),
        type_=postgresql.INTERVAL(),
    )
