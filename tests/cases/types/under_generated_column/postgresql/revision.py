"""types: under generated column

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
    op.drop_column("items", "twice")
    op.alter_column("items", "value", existing_type=sa.Integer(), type_=sa.BigInteger())
    op.add_column(
        "items",
        sa.Column("twice", sa.Integer(), sa.Computed("(value * 2)", persisted=True)),
    )


def downgrade():
    op.drop_column("items", "twice")
    # Lossy: the change of type may change or refuse values.
    op.alter_column("items", "value", existing_type=sa.BigInteger(), type_=sa.Integer())
    op.add_column(
        "items",
        sa.Column("twice", sa.Integer(), sa.Computed("(value * 2)", persisted=True)),
    )
