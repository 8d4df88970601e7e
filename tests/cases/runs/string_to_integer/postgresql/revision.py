"""runs: string to integer

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
    # Lossy: values are read as integers: '0007' becomes 7.
    op.alter_column(
        "things",
        "c",
        existing_type=sa.String(length=20),
        type_=sa.Integer(),
        postgresql_using='"c"::integer',
    )


def downgrade():
    op.alter_column("things", "c", existing_type=sa.Integer(), type_=sa.String(length=20))
