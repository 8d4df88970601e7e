"""schemas: default of metadata

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
    op.create_schema("app")
    op.create_table(
        "items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        schema="app",
    )
    # Lossy: dropping the table deletes its rows.
    op.drop_table("items")


def downgrade():
    op.create_table(
        "items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="items_pkey"),
    )
    # Lossy: dropping the table deletes its rows.
    op.drop_table("items", schema="app")
    op.drop_schema("app")
