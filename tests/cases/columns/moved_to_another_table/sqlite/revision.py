"""columns: moved to another table

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
    op.add_column("users", sa.Column("price", sa.Numeric(precision=8, scale=2)))
    # Lossy: dropping the column deletes its values.
    op.drop_column("items", "price")


def downgrade():
    op.add_column("items", sa.Column("price", sa.Numeric(precision=8, scale=2)))
    # Lossy: dropping the column deletes its values.
    op.drop_column("users", "price")
