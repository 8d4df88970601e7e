"""types: string to uuid

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
    # Lossy: values are read as another type, and how they were written is not kept.
    op.alter_column(
        "items",
        "value",
        existing_type=sa.String(length=36),
        type_=sa.Uuid(),
        postgresql_using='"value"::uuid',
    )


def downgrade():
    op.alter_column("items", "value", existing_type=sa.Uuid(), type_=sa.String(length=36))
