"""runs: table in a new schema

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
    op.create_schema("shop")
    op.create_table(
        "things",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thing_id", sa.Integer()),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["thing_id"], ["things.id"]),
        schema="shop",
    )


def downgrade():
    # Lossy: dropping the table deletes its rows.
    op.drop_table("things", schema="shop")
    op.drop_schema("shop")
