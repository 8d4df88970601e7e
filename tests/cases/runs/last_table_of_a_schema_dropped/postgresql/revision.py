"""runs: last table of a schema dropped

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
    # Lossy: dropping the table deletes its rows.
    op.drop_table("things", schema="shop")
    op.drop_schema("shop")


def downgrade():
    op.create_schema("shop")
    op.create_table(
        "things",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thing_id", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="things_pkey"),
        sa.ForeignKeyConstraint(["thing_id"], ["things.id"], name="things_thing_id_fkey"),
        schema="shop",
    )
