"""runs: boolean to integer

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
        "things",
        "c",
        existing_type=sa.Boolean(),
        type_=sa.Integer(),
        postgresql_using='"c"::integer',
    )


def downgrade():
    # Lossy: the change of type may change or refuse values.
    op.alter_column(
        "things",
        "c",
        existing_type=sa.Integer(),
        type_=sa.Boolean(),
        postgresql_using='"c" <> 0',
    )
