"""backfills: with a new type

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
    op.alter_column(
        "items",
        "size",
        existing_type=sa.Integer(),
        type_=sa.String(length=20),
        nullable=False,
        backfill=sa.text("'none'"),
    )


def downgrade():
    # Lossy: values are read as integers: '0007' becomes 7.
    op.alter_column(
        "items",
        "size",
        existing_type=sa.String(length=20),
        type_=sa.Integer(),
        nullable=True,
        postgresql_using='"size"::integer',
    )
