"""types: interval fields

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
    op.alter_column(
        "items",
        "value",
        existing_type=postgresql.INTERVAL(),
        type_=postgresql.INTERVAL(fields="DAY TO SECOND"),
    )


def downgrade():
    op.alter_column(
        "items",
        "value",
        existing_type=postgresql.INTERVAL(fields="DAY TO SECOND"),
        type_=postgresql.INTERVAL(),
    )
