"""types: range of numbers

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
        existing_type=postgresql.INT4RANGE(),
        type_=postgresql.INT8RANGE(),
        postgresql_using='"value"::text::int8range',
    )


def downgrade():
    op.alter_column(
        "items",
        "value",
        existing_type=postgresql.INT8RANGE(),
        type_=postgresql.INT4RANGE(),
        postgresql_using='"value"::text::int4range',
    )
