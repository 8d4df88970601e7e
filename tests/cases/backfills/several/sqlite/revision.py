"""backfills: several

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
    op.alter_column("items", "a", existing_type=sa.Integer(), nullable=False, backfill=sa.text("1"))
    op.alter_column("items", "b", existing_type=sa.Integer(), nullable=False, backfill=sa.text("2"))
    op.add_column("items", sa.Column("c", sa.Integer(), nullable=False), backfill=sa.text("3"))


def downgrade():
    # Lossy: dropping the column deletes its values.
    op.drop_column("items", "c")
    op.alter_column("items", "b", existing_type=sa.Integer(), nullable=True)
    op.alter_column("items", "a", existing_type=sa.Integer(), nullable=True)
