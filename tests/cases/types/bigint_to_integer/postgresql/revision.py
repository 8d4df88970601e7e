"""types: bigint to integer

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
    op.alter_column("items", "value", existing_type=sa.BigInteger(), type_=sa.Integer())


def downgrade():
    op.alter_column("items", "value", existing_type=sa.Integer(), type_=sa.BigInteger())
