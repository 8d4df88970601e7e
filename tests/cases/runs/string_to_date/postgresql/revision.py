"""runs: string to date

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
        "things",
        "c",
        existing_type=sa.String(length=20),
        type_=sa.Date(),
        postgresql_using='"c"::date',
    )


def downgrade():
    op.alter_column("things", "c", existing_type=sa.Date(), type_=sa.String(length=20))
