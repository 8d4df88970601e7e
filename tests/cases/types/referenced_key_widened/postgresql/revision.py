"""types: referenced key widened

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
    op.alter_column("posts", "user_id", existing_type=sa.Integer(), type_=sa.BigInteger())
    op.alter_column("users", "id", existing_type=sa.Integer(), type_=sa.BigInteger())


def downgrade():
    # Lossy: the change of type may change or refuse values.
    op.alter_column("users", "id", existing_type=sa.BigInteger(), type_=sa.Integer())
    # Lossy: the change of type may change or refuse values.
    op.alter_column("posts", "user_id", existing_type=sa.BigInteger(), type_=sa.Integer())
